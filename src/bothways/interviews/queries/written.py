"""What somebody gave without recording it, as every page shows it: words, what was picked, a number."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bothways.interviews.models import WrittenAnswer
from bothways.kits.models import AnswerKind, Question
from bothways.lib.file_kinds import by_mime


@dataclass(frozen=True, slots=True)
class Option:
    words: str
    is_picked: bool


@dataclass(frozen=True, slots=True)
class ShownFile:
    """`name` is the candidate's own, `plain_name` tells nothing about anybody. `place` counts from 1."""

    id: uuid.UUID
    place: int
    kind: str
    size: int
    name: str
    plain_name: str


@dataclass(frozen=True, slots=True)
class ShownWriting:
    """One of `text`, `options`, `number` and `files` has something, after the kind of the question.

    `are_withheld`: there are files, but not for whoever this is shown to.
    """

    text: str
    options: tuple[Option, ...]
    number: str
    unit: str
    files: tuple[ShownFile, ...] = ()
    are_withheld: bool = False

    @property
    def picked(self) -> list[str]:
        return [option.words for option in self.options if option.is_picked]


def shown_writing(question: Question, written: WrittenAnswer) -> ShownWriting:
    """The answer in words. All options stand there, so that nobody takes what was picked for all there was."""
    picked = set(written.options)
    options = question.options if question.answer_kind == AnswerKind.CHOICE else []
    return ShownWriting(
        text=written.text if question.is_recorded else "",
        options=tuple(Option(words, place in picked) for place, words in enumerate(options)),
        number="" if written.number is None else number_words(written.number),
        unit=question.unit if question.answer_kind == AnswerKind.NUMBER else "",
        files=_shown_files(question, written),
    )


def _shown_files(question: Question, written: WrittenAnswer) -> tuple[ShownFile, ...]:
    """One query, for this kind of question only."""
    if question.answer_kind != AnswerKind.FILES:
        return ()
    return tuple(
        ShownFile(file.id, place, kind.name, file.size, file.name, f"answer-{question.place}-{place}.{kind.suffix}")
        for place, file in enumerate(written.files.all(), start=1)
        if (kind := by_mime(file.mime))
    )


def number_words(number: Decimal) -> str:
    """A number as people of the language write it, without zeros that say nothing."""
    return number_format(f"{number.normalize():f}")


def number_bounds(question: Question) -> str:
    """Which numbers a question takes, as a sentence; empty when it takes any."""
    low, high = question.number_min, question.number_max
    if low is not None and high is not None:
        return _("A number from %(low)s to %(high)s.") % {"low": number_words(low), "high": number_words(high)}
    if low is not None:
        return _("A number of at least %(low)s.") % {"low": number_words(low)}
    return _("A number of at most %(high)s.") % {"high": number_words(high)} if high is not None else ""
