from .promise import BrokenPromise, PromiseReminder
from .survey import LEVELS, SurveyMode, SurveyMoment, SurveyReply, SurveyTaken

__all__ = [
    "LEVELS",
    "BrokenPromise",
    "PromiseReminder",
    "SurveyMode",
    "SurveyMoment",
    "SurveyReply",
    "SurveyTaken",
]
