from .clip import Clip
from .inquiry import LONGEST_INQUIRY, Inquiry, InquiryKind, InquiryState
from .promise import BrokenPromise, PromiseReminder
from .published import PublishedAnswer
from .survey import LEVELS, SurveyMode, SurveyMoment, SurveyReply, SurveyTaken

__all__ = [
    "LEVELS",
    "LONGEST_INQUIRY",
    "BrokenPromise",
    "Clip",
    "Inquiry",
    "InquiryKind",
    "InquiryState",
    "PromiseReminder",
    "PublishedAnswer",
    "SurveyMode",
    "SurveyMoment",
    "SurveyReply",
    "SurveyTaken",
]
