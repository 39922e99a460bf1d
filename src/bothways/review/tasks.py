"""Background work of reviewing."""

import uuid

from bothways.review.actions import agreement, assigning, gold, notice_mails, rating_reminders, retention
from bothways.review.actions.progress import recount_progress
from bothways.review.actions.question_figures import ask_where_more_is_there, make_question_figures
from bothways.work.registry import job, periodic


@job("review.figures")
def figures(stage_id: str, kit_version_id: str) -> None:
    agreement.make_figures(stage_id=uuid.UUID(stage_id), kit_version_id=uuid.UUID(kit_version_id))


@periodic("review.figures_left_over", minutes=60)
def figures_left_over() -> None:
    agreement.make_left_over()


@job("review.progress")
def progress(stage_id: str) -> None:
    recount_progress(stage_id=uuid.UUID(stage_id))


@job("review.question_figures")
def question_figures(kit_id: str) -> None:
    make_question_figures(kit_id=uuid.UUID(kit_id))


@periodic("review.questions_left_over", minutes=10)
def questions_left_over() -> None:
    ask_where_more_is_there()


@periodic("review.erase_due", minutes=360)
def erase_due() -> None:
    retention.erase_due()


@job("review.assign")
def assign(stage_id: str) -> None:
    assigning.assign_stage(stage_id=uuid.UUID(stage_id))


@periodic("review.assign_left_over", minutes=15)
def assign_left_over() -> None:
    assigning.assign_left_over()


@periodic("review.remind_raters", minutes=15)
def remind_raters() -> None:
    rating_reminders.remind_raters()


@periodic("review.clear_gold", minutes=24 * 60)
def clear_gold() -> None:
    """Delete acted answers that nobody kept, and recordings of those that were retired long ago."""
    gold.clear_gold()


@periodic("review.send_notices", minutes=1)
def send_notices() -> None:
    notice_mails.send_due()
