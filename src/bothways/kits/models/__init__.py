from .captions import Captions
from .competency import Competency
from .kit import MOST_QUESTIONS, WARN_QUESTIONS, Kit, KitVersion, KitVersionState
from .prompt import Prompt, PromptSlot
from .question import AnswerKind, AskedQuestion, LibraryQuestion, Question

__all__ = [
    "MOST_QUESTIONS",
    "WARN_QUESTIONS",
    "AnswerKind",
    "AskedQuestion",
    "Captions",
    "Competency",
    "Kit",
    "KitVersion",
    "KitVersionState",
    "LibraryQuestion",
    "Prompt",
    "PromptSlot",
    "Question",
]
