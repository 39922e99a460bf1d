"""What stands in the top bar: what this role may open, and where the person is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.accounts.actors import Actor
from bothways.accounts.models import Role
from bothways.conversations.queries.inquiries import waiting_count
from bothways.review.queries.inbox import open_count
from bothways.review.queries.notices import news_count

if TYPE_CHECKING:
    from bothways.web.team.access import TeamRequest

ANYBODY = frozenset(Role.values)
MAKERS = frozenset({Role.OWNER, Role.RECRUITER})
RATERS = frozenset({Role.OWNER, Role.RECRUITER, Role.REVIEWER})


@dataclass(frozen=True, slots=True)
class Door:
    """One entry: `stem` is the part of the URL name that its pages share, `roles` those who see it.

    Pages with one of the other `stems` stand behind it, too.
    """

    stem: str
    name: str
    label: str | Promise
    icon: str
    roles: frozenset[str]
    stems: tuple[str, ...] = ()
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    url: str
    label: str | Promise
    icon: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Navigation:
    """`main` stands in the bar, `more` in the menu of the person."""

    main: list[Item]
    more: list[Item]


MAIN = (
    Door(
        "positions",
        "positions-list",
        _("Positions"),
        "briefcase",
        MAKERS | {Role.AUDITOR},
        (
            "stages",
            "people",
            "progress",
            "invitations",
            "imports",
            "open_links",
            "promises",
            "survey",
            "feedback",
            "assignments",
            "gold",
        ),
    ),
    Door(
        "review",
        "review-list",
        _("To rate"),
        "circle-play",
        RATERS,
        ("search", "calibration", "follow"),
        count=open_count,
    ),
    Door(
        "decisions",
        "decisions-list",
        _("To decide"),
        "scale",
        MAKERS | {Role.AUDITOR},
        ("compare", "agreement", "shares", "reversals", "board", "meeting"),
    ),
    Door("talk", "talk-list", _("Talk"), "message-square-text", ANYBODY, count=news_count),
    Door(
        "requests", "requests-list", _("Requests"), "life-buoy", MAKERS, ("inquiries", "published"), count=waiting_count
    ),
    Door("kits", "kits-list", _("Kits"), "list-video", ANYBODY, ("questions", "prompts", "library")),
)
MORE = (
    Door("live", "live-list", _("Live interviews"), "calendar", ANYBODY),
    Door("hours", "hours-edit", _("Your hours"), "clock", RATERS, ("calendars",)),
    Door("members", "members-list", _("Members"), "users-round", ANYBODY),
    Door("profile", "profile-edit", _("You and your sign-in"), "user-round", ANYBODY),
    Door("settings", "settings-edit", _("Organization"), "building-complex", frozenset({Role.OWNER})),
    Door("outbox", "outbox-list", _("Outbox"), "inbox", frozenset({Role.OWNER})),
    Door("faults", "faults-list", _("Technical faults"), "triangle-alert", MAKERS),
    Door("lanes", "lanes-list", _("Background work"), "list-checks", frozenset({Role.OWNER})),
    Door("audit", "audit-list", _("Audit log"), "scroll-text", frozenset({Role.OWNER, Role.AUDITOR})),
    Door("organizations", "organizations-list", _("Change organization"), "repeat", ANYBODY),
)


def navigation(request: "TeamRequest") -> Navigation:
    """The doors of this member, with the one they stand in marked."""
    here = (request.resolver_match.url_name or "").partition("-")[0] if request.resolver_match else ""

    def items(doors: tuple[Door, ...]) -> list[Item]:
        return [
            Item(
                url=reverse(f"team:{door.name}", args=[request.organization.slug]),
                label=door.label,
                icon=door.icon,
                current=here in (door.stem, *door.stems),
                count=door.count(request.actor) if door.count else 0,
            )
            for door in doors
            if request.actor.role in door.roles
        ]

    return Navigation(main=items(MAIN), more=items(MORE))
