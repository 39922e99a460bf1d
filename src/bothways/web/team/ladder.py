"""The five rungs of a question, and the sixth beside them, as the room shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bothways.kits.models import Question
from bothways.review.models import Rating
from bothways.review.queries.rating_changes import current_value


@dataclass(frozen=True, slots=True)
class Rung:
    """`value` 0 is "not enough evidence". Between two anchors the words only say between which."""

    value: int
    text: str
    is_between: bool
    is_chosen: bool
    note: str = ""


def rungs(question: Question, chosen: int | None) -> list[Rung]:
    """From 5 down to 0, as they stand on the screen."""
    texts = {
        5: question.anchor_5,
        4: _("between 3 and 5"),
        3: question.anchor_3,
        2: _("between 1 and 3"),
        1: question.anchor_1,
        0: _("Not enough evidence in this answer"),
    }
    return [Rung(value, text, value in (2, 4), value == chosen) for value, text in texts.items()]


def given(question: Question, rating: Rating) -> Rung:
    """The rung that a handed-in rating stands on now, with its note."""
    value = current_value(rating) or 0
    rung = next(rung for rung in rungs(question, value) if rung.is_chosen)
    return Rung(rung.value, rung.text, rung.is_between, True, rating.note)


def rung_words(question: Question, value: int) -> str:
    """What a value stands for; 0 is "not enough evidence"."""
    return next(rung.text for rung in rungs(question, value) if rung.is_chosen)
