"""What a starter consists of."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.kits.models import AnswerKind

CLOSING = _(
    "Thank you for the time you took. People watch every answer, nobody is sorted by a machine, and you hear from us "
    "by the date on your page, whatever we decide."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterQuestion:
    """A question with what it looks for and what a 1, a 3 and a 5 sound like."""

    text: str | Promise
    competency: str | Promise
    anchor_1: str | Promise
    anchor_3: str | Promise
    anchor_5: str | Promise
    answer_kind: str = AnswerKind.RECORDED
    options: tuple[str | Promise, ...] = ()
    picks_several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A kit to begin from. The words are translated when the kit is made and belong to the team from then on."""

    code: str
    name: str | Promise
    hint: str | Promise
    welcome: str | Promise
    questions: tuple[StarterQuestion, ...]
    closing: str | Promise = CLOSING
