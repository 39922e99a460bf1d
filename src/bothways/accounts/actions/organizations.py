"""Setting up an organization and changing how it appears."""

import itertools

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, system_actor
from bothways.accounts.models import Member, Organization, Role, User
from bothways.accounts.policies import may_change_organization
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.lib.contrast import check_accent, is_hex
from bothways.lib.errors import Refused, require

SLUG_LENGTH = 40
RESERVED_SLUGS = frozenset({"_styles", "new", "settings"})
CHANGEABLE = frozenset(
    {
        "name",
        "accent",
        "language",
        "time_zone",
        "country",
        "contact_email",
        "contact_phone",
        "retention_profile",
        "watchers_shown",
    }
)


@transaction.atomic
def create_organization(
    *,
    name: str,
    owner_name: str,
    owner_email: str,
    owner_password: str | None,
    retention_profile: str,
    language: str = "en",
    time_zone: str = "UTC",
    country: str = "",
    accent: str = "#1d5f4c",
    contact_email: str = "",
    slug: str = "",
) -> Member:
    """Set up an organization and its first owner, who may already have an account here and then keeps its password.

    Raises:
        Refused: `retention_unknown` where no profile is chosen, `accent_unreadable`, `slug_taken`.
    """
    _check_retention(retention_profile)
    _check_accent(accent)
    organization = Organization.objects.create(
        slug=_free_slug(slug or name, given=bool(slug)),
        name=name,
        accent=accent,
        language=language,
        time_zone=time_zone,
        country=country,
        contact_email=contact_email or owner_email,
        retention_profile=retention_profile,
    )
    user = User.objects.filter(email__iexact=owner_email).first() or User.objects.create_user(
        email=owner_email, name=owner_name, password=owner_password, language=language, time_zone=time_zone
    )
    owner = Member.objects.create(organization=organization, user=user, role=Role.OWNER)
    system = system_actor(organization.id)
    record(
        organization=organization,
        actor=system,
        verb="organization.created",
        thing=organization,
        detail={"retention_profile": retention_profile},
    )
    record(organization=organization, actor=system, verb="member.joined", thing=owner, detail={"role": Role.OWNER})
    return owner


@transaction.atomic
def change_organization(*, actor: Actor, organization: Organization, **changes: str) -> Organization:
    """Change what people see of the organization. The audit log keeps which fields changed, old retention profiles, and
    how candidates read who watches.

    Raises:
        Refused: `retention_unknown`, `accent_unreadable`.
    """
    require(may_change_organization(actor, organization), _("Only an owner changes the organization."))
    unknown = changes.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"not changeable: {', '.join(sorted(unknown))}")
    if "retention_profile" in changes:
        _check_retention(changes["retention_profile"])
    if "accent" in changes:
        _check_accent(changes["accent"])
    locked = Organization.objects.select_for_update().get(id=organization.id)
    changed = {field: value for field, value in changes.items() if getattr(locked, field) != value}
    if not changed:
        return locked
    detail: dict[str, object] = {"fields": sorted(changed)}
    if "retention_profile" in changed:
        detail["retention_profile"] = [locked.retention_profile, changed["retention_profile"]]
    if "watchers_shown" in changed:
        detail["watchers_shown"] = [locked.watchers_shown, changed["watchers_shown"]]
    for field, value in changed.items():
        setattr(locked, field, value)
    locked.save(update_fields=list(changed))
    record(organization=locked, actor=actor, verb="organization.changed", thing=locked, detail=detail)
    return locked


def _check_retention(code: str) -> None:
    if code not in RETENTION_PROFILES:
        raise Refused(
            "retention_unknown",
            _("How long recordings are kept is not chosen yet. Nothing was changed. Choose one of the profiles."),
        )


def _check_accent(color: str) -> None:
    if not is_hex(color):
        raise Refused("accent_unreadable", _("A color is written like #1d5f4c. Nothing was changed."))
    judged = check_accent(color)
    if not judged.readable:
        raise Refused(
            "accent_unreadable",
            _("%(color)s is too light to read on our pages. The nearest color that works is %(suggestion)s.")
            % {"color": color, "suggestion": judged.suggestion},
        )


def _free_slug(wish: str, *, given: bool) -> str:
    base = slugify(wish)[:SLUG_LENGTH].strip("-") or "organization"
    taken = set(Organization.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED_SLUGS
    if base not in taken:
        return base
    if given:
        raise Refused("slug_taken", _("Another organization on this server has this address. Choose another one."))
    return next(slug for slug in (f"{base}-{number}" for number in itertools.count(2)) if slug not in taken)
