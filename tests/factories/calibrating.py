"""Gold answers and calibration, by the verbs where they allow it."""

from bothways.accounts.actors import member_actor
from bothways.accounts.models import Member
from bothways.kits.models import KitVersion
from bothways.lib.ids import new_id
from bothways.positions.models import Stage
from bothways.review.actions.calibration import begin_run, keep_gold_rating, lock_gold_rating, switch_calibration
from bothways.review.actions.gold import rate_gold
from bothways.review.actions.scorecards import Draft
from bothways.review.models import CalibrationRun, GoldAnswer
from tests.factories.preparing import make_recording


def make_gold(lead: Member, version: KitVersion, place: int = 1, value: int | None = 3, words: str = "") -> GoldAnswer:
    """A kept gold answer, rated with `value`; None leaves that to the test. Its recording has no bytes in the store."""
    recording = make_recording(lead)
    gold = GoldAnswer.objects.create(
        organization=lead.organization,
        question=version.questions.get(place=place),
        client_key=new_id(),
        recording=recording,
        made_by=lead,
        finished_at=recording.created_at,
        kept_at=recording.created_at,
    )
    if value is None:
        return gold
    return rate_gold(actor=member_actor(lead), gold=gold, value=value, words=words or f"It is a {value}.")


def make_calibrating(lead: Member, stage: Stage, version: KitVersion, values: tuple[int, ...] = (2, 3, 4)) -> None:
    """The stage asks for calibration; its kit has a gold answer for each value, to its questions in their order."""
    count = version.questions.count()
    for number, value in enumerate(values):
        make_gold(lead, version, number % count + 1, value)
    stage.calibration = switch_calibration(actor=member_actor(lead), stage=stage, is_on=True).calibration


def calibrate(member: Member, stage: Stage, *steps: int) -> CalibrationRun:
    """A finished run in which the member rates each answer so many steps above the lead; none gives the same."""
    actor = member_actor(member)
    run = begin_run(actor=actor, stage=stage)
    for rating, step in zip(run.ratings.select_related("gold"), steps or (0, 0, 0), strict=True):
        keep_gold_rating(actor=actor, run=run, rating_id=rating.id, draft=Draft(rating.gold.value + step, ""))
        lock_gold_rating(actor=actor, run=run, rating_id=rating.id)
    run.refresh_from_db()
    return run
