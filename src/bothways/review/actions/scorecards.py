"""Rating: kept at each keystroke, handed in once, then closed."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview, InterviewState
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.agreement import ask_for_figures
from bothways.review.actions.assigning import assign_third, locked_stage
from bothways.review.actions.notices import plan_after_hand_in
from bothways.review.actions.summaries import summarize
from bothways.review.models import GoldRating, Outcome, PinnedNote, Rating, Scorecard
from bothways.review.policies import may_draft_in_talk, may_rate
from bothways.review.queries.calibration import is_held_back
from bothways.review.queries.scorecards import is_rated, unrated_places

LONGEST_NOTE = 5000


class Overtaken(Refused):
    """Another device of the same person has saved something newer. `current` is what stands now."""

    def __init__(self, current: Rating | Scorecard | PinnedNote | GoldRating) -> None:
        super().__init__("overtaken", _("Something newer was saved on another device. Nothing was overwritten."))
        self.current = current


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form for one question. `value` 0 says "not enough evidence", None nothing yet."""

    value: int | None
    note: str


@transaction.atomic
def keep_rating(
    *, actor: Actor, interview: Interview, question_id: uuid.UUID, draft: Draft, revision: int | None = None
) -> Rating:
    """Save one question's rating as it stands now. Saving the same again changes nothing.

    `revision` is the one the form started from; None overwrites whatever stands.

    Raises:
        Overtaken: another revision with other values stands.
        Refused: `locked` after submitting; `value` or `note` for what no form offers; `question` for a foreign one.
    """
    scorecard = open_scorecard(actor, interview)
    if draft.value not in (None, 0, 1, 2, 3, 4, 5):
        raise Refused("value", _("A rating is a whole number from 1 to 5, or “not enough evidence”."))
    _require_short(draft.note)
    question = Question.objects.filter(id=question_id, kit_version=interview.kit_version_id).first()
    if question is None:
        raise Refused("question", _("This question does not belong to this interview."))
    rating, _is_new = Rating.objects.get_or_create(
        organization_id=interview.organization_id, scorecard=scorecard, question=question
    )
    wanted = (draft.value or None, draft.value == 0, draft.note)
    if (rating.value, rating.not_enough_evidence, rating.note) == wanted:
        return rating
    if revision is not None and revision != rating.revision:
        raise Overtaken(rating)
    rating.value, rating.not_enough_evidence, rating.note = wanted
    rating.revision += 1
    rating.save()
    scorecard.mark_rated(question.place, is_rated(rating))
    scorecard.save(update_fields=["rated_places", "updated_at"])
    return rating


@transaction.atomic
def keep_overall(
    *, actor: Actor, interview: Interview, recommendation: str, note: str, revision: int | None = None
) -> Scorecard:
    """Save the recommendation and its note, which stand beside the ratings and are never part of a sum.

    Raises:
        Overtaken, Refused: as in `keep_rating`.
    """
    scorecard = open_scorecard(actor, interview)
    if recommendation not in ("", *Outcome.values):
        raise Refused("value", _("A recommendation is to advance, to hold or to decline."))
    _require_short(note)
    if (scorecard.recommendation, scorecard.note) == (recommendation, note):
        return scorecard
    if revision is not None and revision != scorecard.revision:
        raise Overtaken(scorecard)
    scorecard.recommendation, scorecard.note = recommendation, note
    scorecard.revision += 1
    scorecard.save()
    return scorecard


@transaction.atomic
def submit_scorecard(*, actor: Actor, interview: Interview) -> Scorecard:
    """Hand in one's ratings. They are closed from now on, and others' can be seen.

    Raises:
        Refused: `unrated` while a question has neither a number nor "not enough evidence", `no_recommendation`,
            `locked` when it was handed in before, `talk_goes_on` while a live interview has not ended.
    """
    # A third may have to be picked below, and whoever picks holds the stage: always before the interview.
    stage = locked_stage(interview.stage_id)
    scorecard = open_scorecard(actor, interview)
    if interview.state != InterviewState.SUBMITTED:
        raise Refused(
            "talk_goes_on",
            _("Not handed in yet: the talk has not ended. Everything you wrote is kept; hand it in afterwards."),
        )
    missing = unrated_places(scorecard)
    if missing:
        places = ", ".join(str(place) for place in missing)
        raise Refused(
            "unrated",
            _(
                "Not handed in yet: question %(places)s has no rating. Give a number from 1 to 5, or say that there "
                "is not enough evidence. Everything you wrote is kept."
            )
            % {"places": places},
        )
    if not scorecard.recommendation:
        raise Refused(
            "no_recommendation",
            _("Not handed in yet: your recommendation is missing. Everything you wrote is kept."),
        )
    scorecard.submitted_at = timezone.now()
    scorecard.save(update_fields=["submitted_at", "updated_at"])
    summary = summarize(interview)
    if summary is not None and summary.needs_third and stage is not None:
        assign_third(interview, stage)
    plan_after_hand_in(interview, scorecard.member_id, scorecard.submitted_at)
    audit.record(
        organization=interview.organization,
        actor=actor,
        verb="scorecard.submitted",
        thing=scorecard,
        detail={"interview": str(interview.id)},
    )
    ask_for_figures(interview)
    return scorecard


def require_rater(actor: Actor, interview: Interview) -> None:
    """Raises NotAllowed: with what became of what they wrote for somebody who has begun and rates it no longer."""
    if may_rate(actor, interview) or may_draft_in_talk(actor, interview):
        return
    if is_held_back(actor, interview):
        raise NotAllowed("calibrate_first", calibrate_first())
    begun = Scorecard.objects.filter(interview=interview, member=actor.id, submitted_at__isnull=True)
    if actor.is_member and begun.exists():
        raise NotAllowed("no_longer_yours", no_longer_yours())
    raise NotAllowed("not_allowed", _("You do not rate in this stage."))


def calibrate_first() -> str:
    """What a rater is told where they have to calibrate before they watch and rate anybody new."""
    return _("Calibrate first: this step asks raters to rate three gold answers before real people. It waits for you.")


def no_longer_yours() -> str:
    return _(
        "This interview is no longer yours to rate, so this was not saved. What was saved before is kept and counts "
        "nowhere; what you typed now stays on this device. Ask who runs the position if you did not expect it."
    )


def open_scorecard(actor: Actor, interview: Interview) -> Scorecard:
    """The actor's own scorecard, locked for this transaction, begun if there is none."""
    require_rater(actor, interview)
    Interview.objects.select_for_update().get(id=interview.id)
    scorecard, is_new = Scorecard.objects.get_or_create(
        organization_id=interview.organization_id, interview=interview, member_id=actor.id
    )
    if scorecard.submitted_at is not None:
        raise Refused("locked", _("Your scorecard is handed in, so it cannot be changed any more."))
    if is_new:
        audit.record(
            organization=interview.organization,
            actor=actor,
            verb="scorecard.started",
            thing=scorecard,
            detail={"interview": str(interview.id)},
        )
    return scorecard


def _require_short(note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise Refused(
            "note",
            _("A note can have %(most)s characters. Yours is longer; what was saved before is kept.")
            % {"most": LONGEST_NOTE},
        )
