"""Who will watch, as a candidate reads it: by name and title, or only how many, as the organization has set it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import ngettext_lazy

from bothways.accounts.models import Member, Organization
from bothways.interviews.models import Interview
from bothways.positions.models import Stage, StageReviewer


@dataclass(frozen=True, slots=True)
class Watcher:
    """One line: a person, or everybody together where nobody is named. `title` may be empty."""

    name: str
    title: str = ""


def watchers(interview: Interview) -> list[Watcher]:
    """Who rates in the interview's stage. One query; none for a preview of a bare kit."""
    return _shown(interview.organization, _members(interview.stage) if interview.stage else [])


def stage_watchers(stage: Stage) -> list[Watcher]:
    """The same before anybody is invited. One query."""
    return _shown(stage.organization, _members(stage))


def _members(stage: Stage) -> list[Member]:
    """The active reviewers, first come first."""
    reviewers = StageReviewer.objects.filter(organization=stage.organization_id, stage=stage, member__is_active=True)
    return [one.member for one in reviewers.select_related("member__user").order_by("created_at")]


def _shown(organization: Organization, members: Iterable[Member]) -> list[Watcher]:
    members = list(members)
    if organization.names_watchers or not members:
        return [Watcher(member.user.name, member.title) for member in members]
    # A letter to many is put into words once for each of their languages.
    words = ngettext_lazy("%(n)d person who rates", "%(n)d people who rate", "n")
    return [Watcher(words % {"n": len(members)})]
