from .clip import Clip
from .effort import Effort
from .feedback import Band, Feedback, FeedbackPart
from .follow_up import LONGEST_FOLLOW_UP, LONGEST_FOLLOW_UP_ANSWER, FollowUp, FollowUpState
from .inquiry import LONGEST_INQUIRY, Inquiry, InquiryKind, InquiryReminder, InquiryState
from .promise import BrokenPromise, PromiseReminder
from .published import PublishedAnswer
from .survey import LEVELS, SurveyMode, SurveyMoment, SurveyReply, SurveyTaken

__all__ = [
    "LEVELS",
    "LONGEST_FOLLOW_UP",
    "LONGEST_FOLLOW_UP_ANSWER",
    "LONGEST_INQUIRY",
    "Band",
    "BrokenPromise",
    "Clip",
    "Effort",
    "Feedback",
    "FeedbackPart",
    "FollowUp",
    "FollowUpState",
    "Inquiry",
    "InquiryKind",
    "InquiryReminder",
    "InquiryState",
    "PromiseReminder",
    "PublishedAnswer",
    "SurveyMode",
    "SurveyMoment",
    "SurveyReply",
    "SurveyTaken",
]
