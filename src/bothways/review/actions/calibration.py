"""Calibrating: a stage asks for it, a member rates gold answers, passes or tries again, or is let in."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor, member_actor
from bothways.accounts.models import Member
from bothways.kits.models import Kit
from bothways.lib.errors import Refused, require
from bothways.positions.actions.stages import set_calibration
from bothways.positions.models import Stage
from bothways.review.actions.scorecards import LONGEST_NOTE, Draft, Overtaken
from bothways.review.calibration import ANSWERS, HOLDS_FOR, Verdict, drawn, verdict
from bothways.review.models import CalibrationPass, CalibrationRun, GoldRating
from bothways.review.policies import may_lead_calibration, may_rate_in
from bothways.review.queries.calibration import open_run, pool
from bothways.review.queries.gold import ready_gold
from bothways.review.queries.raters import is_rater
from bothways.review.queries.scorecards import is_rated

LONGEST_REASON = 2000


@transaction.atomic
def switch_calibration(*, actor: Actor, stage: Stage, is_on: bool) -> Stage:
    """Ask raters of a stage to calibrate before they rate, or ask no more.

    Raises:
        Refused: `too_few_gold` while its kit has fewer gold answers than a run takes.
    """
    require(may_lead_calibration(actor, stage), _("Only owners and recruiters turn calibration on and off."))
    if is_on:
        Kit.objects.select_for_update().filter(id=stage.kit_id).first()
        count = ready_gold(stage.kit_id).count() if stage.kit_id else 0
        if count < ANSWERS:
            words = _("Calibration needs %(n)d gold answers that are rated; there are %(there)d. Nothing was changed.")
            raise Refused("too_few_gold", words % {"n": ANSWERS, "there": count})
    return set_calibration(actor=actor, stage=stage, is_on=is_on)


@transaction.atomic
def begin_run(*, actor: Actor, stage: Stage) -> CalibrationRun:
    """The actor's open run for the kit of this stage; a new one if there is none.

    It takes gold answers that they have not met, in a random order, and met ones only where there are no more.

    Raises:
        NotAllowed: who does not rate in this stage.
        Refused: `calibration_off`, `too_few_gold` where not enough are left that somebody else made.
    """
    require(may_rate_in(actor, stage), _("You do not rate in this stage."))
    if not stage.calibration:
        raise Refused("calibration_off", _("This step asks for no calibration. You can rate right away."))
    Member.objects.select_for_update().get(id=actor.id)
    begun = open_run(actor.id, stage.kit_id)
    if begun is not None:
        return begun
    fresh, met = pool(actor.id, ready_gold(stage.kit_id))
    taken = drawn(fresh, met)
    if len(taken) < ANSWERS:
        words = _(
            "There are not enough gold answers that somebody else made. Whoever leads can make more, or let you in."
        )
        raise Refused("too_few_gold", words)
    run = CalibrationRun.objects.create(organization_id=stage.organization_id, member_id=actor.id, kit_id=stage.kit_id)
    GoldRating.objects.bulk_create(
        GoldRating(organization_id=stage.organization_id, run=run, gold=gold, place=place)
        for place, gold in enumerate(taken, start=1)
    )
    _record(actor, run, "calibration.started", kit=run.kit_id)
    return run


@transaction.atomic
def keep_gold_rating(
    *, actor: Actor, run: CalibrationRun, rating_id: uuid.UUID, draft: Draft, revision: int | None = None
) -> GoldRating:
    """Save one rating as it stands now. Saving the same again changes nothing; None for `revision` overwrites.

    Raises:
        Overtaken: another revision with other values stands.
        Refused: `locked`, `value`, `note`; `question` for what is not in this run.
    """
    rating = _locked(actor, run).ratings.filter(id=rating_id).first()
    if rating is None:
        raise Refused("question", _("This answer does not belong to your calibration."))
    if rating.locked_at is not None:
        raise Refused("locked", _("You have locked this rating, so it stays as it is."))
    if draft.value not in (None, 0, 1, 2, 3, 4, 5):
        raise Refused("value", _("A rating is a whole number from 1 to 5, or “not enough evidence”."))
    if len(draft.note) > LONGEST_NOTE:
        words = _("A note can have %(most)s characters. Yours is longer; what was saved before is kept.")
        raise Refused("note", words % {"most": LONGEST_NOTE})
    wanted = (draft.value or None, draft.value == 0, draft.note)
    if (rating.value, rating.not_enough_evidence, rating.note) == wanted:
        return rating
    if revision is not None and revision != rating.revision:
        raise Overtaken(rating)
    rating.value, rating.not_enough_evidence, rating.note = wanted
    rating.revision += 1
    rating.save()
    return rating


@transaction.atomic
def lock_gold_rating(*, actor: Actor, run: CalibrationRun, rating_id: uuid.UUID) -> GoldRating:
    """Close one rating; from now on its rater reads what the lead gave. The last one ends the run.

    Locking it again changes nothing.

    Raises:
        Refused: `unrated` without a number or "not enough evidence"; `question` for what is not next in this run.
    """
    held = _locked(actor, run)
    ratings = list(held.ratings.select_related("gold"))
    rating = next((one for one in ratings if one.id == rating_id), None)
    if rating is not None and rating.locked_at is not None:
        return rating
    left = [one for one in ratings if one.locked_at is None]
    if rating is None or rating != left[0]:
        raise Refused("question", _("This answer is not the next one of your calibration."))
    if not is_rated(rating):
        words = _("Give a number from 1 to 5 first, or say that there is not enough evidence.")
        raise Refused("unrated", words)
    rating.locked_at = timezone.now()
    rating.save(update_fields=["locked_at"])
    if len(left) == 1:
        _end(actor, held, verdict((one.value, one.gold.value) for one in ratings))
    return rating


@transaction.atomic
def let_in(*, actor: Actor, stage: Stage, member: Member, reason: str) -> CalibrationPass:
    """Let a rater of the stage rate without having passed, for as long as a pass holds, with a reason.

    Raises:
        Refused: `reason` without one; `not_a_rater` for who does not rate in this stage.
    """
    require(may_lead_calibration(actor, stage), _("Only owners and recruiters let somebody in."))
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        words = _("Write why, in at most %(most)d characters. It stays beside the name.")
        raise Refused("reason", words % {"most": LONGEST_REASON})
    if member.organization_id != stage.organization_id or not is_rater(member_actor(member), stage.id):
        raise Refused("not_a_rater", _("This person does not rate in this stage."))
    now = timezone.now()
    passed = CalibrationPass.objects.create(
        organization_id=stage.organization_id,
        member=member,
        kit_id=stage.kit_id,
        let_in_by_id=actor.id,
        reason=reason,
        passed_at=now,
        valid_until=now + HOLDS_FOR,
    )
    _record(actor, passed, "calibration.let_in", member=member.id, kit=stage.kit_id)
    return passed


def _end(actor: Actor, run: CalibrationRun, found: Verdict) -> None:
    run.finished_at, run.has_passed = timezone.now(), found.has_passed
    run.save(update_fields=["finished_at", "has_passed"])
    if run.has_passed:
        CalibrationPass.objects.create(
            organization_id=run.organization_id,
            member_id=run.member_id,
            kit_id=run.kit_id,
            run=run,
            passed_at=run.finished_at,
            valid_until=run.finished_at + HOLDS_FOR,
        )
    _record(actor, run, "calibration.passed" if run.has_passed else "calibration.finished", kit=run.kit_id)


def _locked(actor: Actor, run: CalibrationRun) -> CalibrationRun:
    """The actor's own run, locked for this transaction."""
    is_own = actor.is_member and run.member_id == actor.id
    require(is_own, _("This calibration is somebody else’s."))
    return CalibrationRun.objects.select_for_update().get(id=run.id)


def _record(actor: Actor, thing: CalibrationRun | CalibrationPass, verb: str, **detail: object) -> None:
    audit.record(organization=thing.organization, actor=actor, verb=verb, thing=thing, detail=detail)
