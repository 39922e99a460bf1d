"""From draft to published to frozen, and on to the next draft."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor
from bothways.accounts.models import Member
from bothways.kits.actions.drafts import locked_draft, require_change
from bothways.kits.actions.wording import copied
from bothways.kits.models import CompetencyWeight, Kit, KitVersion, KitVersionState, Question
from bothways.kits.queries.readiness import blockers
from bothways.kits.queries.versions import draft_of
from bothways.lib.errors import Refused
from bothways.lib.lengths import require_lengths
from bothways.lib.signals import about_to_remove


@transaction.atomic
def edit_words(
    *, actor: Actor, version: KitVersion, welcome_text: str, welcome_by: Member | None, closing_text: str, language: str
) -> KitVersion:
    """Change what candidates read before and after the questions."""
    draft = locked_draft(actor, version)
    if welcome_by is not None and welcome_by.organization_id != draft.organization_id:
        raise Refused("not_a_member", _("The one who welcomes must be a member of your organization."))
    draft.welcome_text, draft.welcome_by = welcome_text.strip(), welcome_by
    draft.closing_text, draft.language = closing_text.strip(), language
    require_lengths(draft)
    draft.save()
    record(organization=draft.organization, actor=actor, verb="kit.words_changed", thing=draft)
    return draft


@transaction.atomic
def publish(*, actor: Actor, version: KitVersion) -> KitVersion:
    """Let invitations use this version.

    Raises:
        Refused: `kit_not_ready` while something required is missing; the words name all of it.
    """
    draft = locked_draft(actor, version)
    missing = blockers(draft)
    if missing:
        words = _("Version %(n)d cannot be published yet.") % {"n": draft.number}
        raise Refused("kit_not_ready", " ".join([words, *(blocker.words for blocker in missing)]))
    draft.state, draft.published_at = KitVersionState.PUBLISHED, timezone.now()
    draft.save()
    detail = {"version": draft.number, "questions": draft.questions.count()}
    record(organization=draft.organization, actor=actor, verb="kit.published", thing=draft, detail=detail)
    return draft


@transaction.atomic
def freeze(*, actor: Actor, kit_version: KitVersion) -> None:
    """The first invitation uses this version: from now on it never changes. Doing it again changes nothing.

    Raises:
        Refused: `kit_not_published` for a draft.
    """
    changed = KitVersion.objects.filter(id=kit_version.id, state=KitVersionState.PUBLISHED).update(
        state=KitVersionState.FROZEN, frozen_at=timezone.now()
    )
    kit_version.refresh_from_db(fields=["state", "frozen_at"])
    if changed:
        detail = {"version": kit_version.number}
        record(organization=kit_version.organization, actor=actor, verb="kit.frozen", thing=kit_version, detail=detail)
    elif kit_version.state != KitVersionState.FROZEN:
        raise Refused("kit_not_published", _("The kit has to be published before anybody is invited."))


@transaction.atomic
def start_draft(*, actor: Actor, kit: Kit) -> KitVersion:
    """Begin the next version as a copy of the latest one. A draft that is there already is taken up again."""
    require_change(actor, kit)
    Kit.objects.select_for_update().get(id=kit.id)
    draft = draft_of(kit)
    if draft is not None:
        return draft
    latest = kit.versions.latest("number")
    draft = KitVersion.objects.create(
        organization=kit.organization,
        kit=kit,
        number=latest.number + 1,
        language=latest.language,
        welcome_text=latest.welcome_text,
        welcome_by=latest.welcome_by,
        welcome_prompt=latest.welcome_prompt,
        welcome_captions=latest.welcome_captions,
        welcome_sign=latest.welcome_sign,
        closing_text=latest.closing_text,
        reading_counts=latest.reading_counts,
    )
    Question.objects.bulk_create(
        Question(organization=kit.organization, kit_version=draft, place=question.place, **copied(question))
        for question in latest.questions.select_related("asker", "prompt", "captions", "sign", "competency")
    )
    CompetencyWeight.objects.bulk_create(
        CompetencyWeight(
            organization=kit.organization, kit_version=draft, competency_id=weighed.competency_id, weight=weighed.weight
        )
        for weighed in latest.weights.all()
    )
    detail = {"version": draft.number, "from": latest.number}
    record(organization=kit.organization, actor=actor, verb="kit.draft_started", thing=draft, detail=detail)
    return draft


@transaction.atomic
def discard_draft(*, actor: Actor, version: KitVersion) -> None:
    """Drop a draft. The version before it stays what it is.

    Raises:
        Refused: `only_version`, because a kit without any version would be nothing.
    """
    draft = locked_draft(actor, version)
    if not draft.kit.versions.exclude(id=draft.id).exists():
        raise Refused("only_version", _("This is the only version of the kit, so it stays."))
    about_to_remove.send(KitVersion, thing=draft)
    detail = {"version": draft.number}
    record(organization=draft.organization, actor=actor, verb="kit.draft_discarded", thing=draft, detail=detail)
    draft.delete()
