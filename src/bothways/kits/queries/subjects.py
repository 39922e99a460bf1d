"""What is asked on video: a question of a kit, a question of the library, or a version, whose welcome it is."""

from typing import Any, Literal

from bothways.kits.models import KitVersion, LibraryQuestion, PromptSlot, Question

Subject = Question | LibraryQuestion | KitVersion
Part = Literal["prompt", "captions", "sign"]

PARTS: dict[str, Part] = {PromptSlot.ASKED: "prompt", PromptSlot.SIGN: "sign"}
"""What each slot fills."""


def column(subject: Subject, part: Part) -> str:
    """The column of the subject's row that names this part of it."""
    return f"welcome_{part}" if isinstance(subject, KitVersion) else part


def part_of(subject: Subject, part: Part) -> Any:
    """The recording that asks, its captions, or the recording in sign language; None where there is none."""
    return getattr(subject, column(subject, part))


def words_of(subject: Subject) -> str:
    """The same in writing."""
    return subject.welcome_text if isinstance(subject, KitVersion) else subject.text


def language_of(subject: Subject) -> str:
    if isinstance(subject, KitVersion):
        return subject.language
    if isinstance(subject, Question):
        return subject.kit_version.language
    return subject.organization.language
