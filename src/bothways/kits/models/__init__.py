from .captions import Captions
from .competency import Competency
from .kit import (
    MOST_QUESTIONS,
    MOST_WEIGHT,
    WARN_QUESTIONS,
    WEIGHT,
    CompetencyWeight,
    Kit,
    KitVersion,
    KitVersionState,
)
from .prompt import Prompt, PromptSlot
from .question import AnswerKind, AskedQuestion, LibraryQuestion, Question

__all__ = [
    "MOST_QUESTIONS",
    "MOST_WEIGHT",
    "WARN_QUESTIONS",
    "WEIGHT",
    "AnswerKind",
    "AskedQuestion",
    "Captions",
    "Competency",
    "CompetencyWeight",
    "Kit",
    "KitVersion",
    "KitVersionState",
    "LibraryQuestion",
    "Prompt",
    "PromptSlot",
    "Question",
]
