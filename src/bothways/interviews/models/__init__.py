from .answer import Answer, Take
from .consent import Consent, ConsentText
from .csv_import import CsvImport, CsvImportState
from .fault import Fault
from .hidden_words import HiddenWords, MaskKind
from .interview import (
    EXTENSION_DAYS,
    OWN_EXTENSIONS,
    UNFINISHED,
    AccessToken,
    Interview,
    InterviewKind,
    InterviewState,
    OpenLink,
    Origin,
    PersonWord,
)
from .passage import Device, Passage, StopReason
from .request import ChangeMade, Request, RequestKind
from .settings import AnswerMode, AnswerTime, CandidateSettings, Picture, Timer
from .spoken_text import SpokenText
from .written import LONGEST_NOTE, LONGEST_TEXT, AnswerFile, NoteToReviewers, WrittenAnswer

__all__ = [
    "EXTENSION_DAYS",
    "LONGEST_NOTE",
    "LONGEST_TEXT",
    "OWN_EXTENSIONS",
    "UNFINISHED",
    "AccessToken",
    "Answer",
    "AnswerFile",
    "AnswerMode",
    "AnswerTime",
    "CandidateSettings",
    "ChangeMade",
    "Consent",
    "ConsentText",
    "CsvImport",
    "CsvImportState",
    "Device",
    "Fault",
    "HiddenWords",
    "Interview",
    "InterviewKind",
    "InterviewState",
    "MaskKind",
    "NoteToReviewers",
    "OpenLink",
    "Origin",
    "Passage",
    "PersonWord",
    "Picture",
    "Request",
    "RequestKind",
    "SpokenText",
    "StopReason",
    "Take",
    "Timer",
    "WrittenAnswer",
]
