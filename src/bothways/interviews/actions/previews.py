"""Seeing a kit as candidates meet it: a real interview page, kept apart from real people and gone after a day."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import Actor, system_actor
from bothways.interviews.actions.erasure import erase_files
from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import Answer, Interview, Origin, Take, WrittenAnswer
from bothways.interviews.queries.previews import previews_older_than
from bothways.kits.models import KitVersion, Question
from bothways.kits.policies import may_change
from bothways.lib.errors import Refused, require
from bothways.media.actions.erasure import erase_recording
from bothways.media.models import Recording
from bothways.positions.models import Stage
from bothways.positions.models.position import WINDOW_DAYS

PREVIEW_LIFE = dt.timedelta(hours=24)
MOST_PREVIEWS = 20


@transaction.atomic
def start_preview(*, actor: Actor, version: KitVersion, stage: Stage | None = None) -> str:
    """The address of a preview of this version, drafts included. With a `stage`, it also tells its position and rules.

    Nothing of it counts: it has no application, is in no list, and is deleted with its recordings after a day. The
    oldest of too many previews of a version ends at once.

    Raises:
        Refused: `no_questions` while there is nothing to see, `other_stage` for a stage with another kit.
    """
    require(may_change(actor, version), _("Only owners and recruiters see a kit as a candidate."))
    if not version.questions.exists():
        raise Refused("no_questions", _("There is no question yet. Add one, then look at it as a candidate."))
    if stage is not None and stage.kit_id != version.kit_id:
        raise Refused("other_stage", _("This step uses another kit."))
    earlier = Interview.objects.filter(kit_version=version, is_preview=True).order_by("-created_at")
    for preview in earlier[MOST_PREVIEWS - 1 :]:
        end_preview(preview=preview, actor=actor)
    preview = Interview.objects.create(
        organization=version.organization,
        position=stage.position if stage else None,
        stage=stage,
        kit_version=version,
        origin=Origin.PREVIEW,
        is_preview=True,
        code_name=_("Preview"),
        language=version.language,
        invited_by_id=actor.id,
        deadline=timezone.now() + dt.timedelta(days=stage.window_days if stage else WINDOW_DAYS),
    )
    detail = {"version": version.id}
    record(organization=version.organization, actor=actor, verb="preview.started", thing=preview, detail=detail)
    return issue_link(interview=preview, purpose="preview")


@transaction.atomic
def end_preview(*, preview: Interview, actor: Actor) -> None:
    """Delete a preview with everything that was recorded in it."""
    if not preview.is_preview:
        raise ValueError("a candidate's interview is not a preview")
    recordings = _recordings_of(preview.answers.all())
    erase_files(WrittenAnswer.objects.filter(answer__interview=preview))
    record(organization=preview.organization, actor=actor, verb="preview.ended", thing=preview)
    preview.delete()
    _erase(recordings)


def sweep_previews() -> int:
    """End the previews that are older than a day. Returns how many."""
    ended = 0
    for preview in previews_older_than(PREVIEW_LIFE):
        end_preview(preview=preview, actor=system_actor(preview.organization_id))
        ended += 1
    return ended


@transaction.atomic
def let_go(thing: Question | KitVersion | Stage) -> None:
    """End what previews hold of a row that is about to be removed."""
    if isinstance(thing, Question):
        answers = Answer.objects.filter(question=thing, interview__is_preview=True)
        recordings = _recordings_of(answers)
        erase_files(WrittenAnswer.objects.filter(answer__in=answers))
        answers.delete()
        _erase(recordings)
        return
    held = {"kit_version": thing} if isinstance(thing, KitVersion) else {"stage": thing}
    for preview in Interview.objects.filter(is_preview=True, **held):
        end_preview(preview=preview, actor=system_actor(preview.organization_id))


def _recordings_of(answers: QuerySet[Answer]) -> list[Recording]:
    takes = Take.objects.filter(answer__in=answers).select_related("recording")
    return [take.recording for take in takes]


def _erase(recordings: list[Recording]) -> None:
    for recording in recordings:
        erase_recording(recording=recording)
