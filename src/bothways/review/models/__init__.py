from .agreement import Agreement, RaterDrift
from .assignment import Assignment, AssignmentEnd, AssignmentReason, ConflictOfInterest, RatingReminder, ReminderKind
from .attendance import Attendance
from .calibration import CalibrationPass, CalibrationRun, GoldAnswer, GoldRating
from .comment import Comment, CommentWording
from .coverage import Coverage, PlayClock
from .decision import Decision, DecisionGround, Reveal, Reversal
from .meeting import Meeting, MeetingAttendee, MeetingItem
from .notice import Mention, Notice, NoticeKind, NoticeSettings, Rhythm, ThreadRead
from .pinned_note import PinnedNote
from .question_figures import QuestionFigures
from .rating_change import RatingChange
from .round import Round
from .scorecard import Outcome, Rating, Scorecard
from .share import NameShown, Share, SharedInterview
from .summary import Reconciliation, Shortlisted, Summary, SummaryCell

__all__ = [
    "Agreement",
    "Assignment",
    "AssignmentEnd",
    "AssignmentReason",
    "Attendance",
    "CalibrationPass",
    "CalibrationRun",
    "Comment",
    "CommentWording",
    "ConflictOfInterest",
    "Coverage",
    "Decision",
    "DecisionGround",
    "GoldAnswer",
    "GoldRating",
    "Meeting",
    "MeetingAttendee",
    "MeetingItem",
    "Mention",
    "NameShown",
    "Notice",
    "NoticeKind",
    "NoticeSettings",
    "Outcome",
    "PinnedNote",
    "PlayClock",
    "QuestionFigures",
    "RaterDrift",
    "Rating",
    "RatingChange",
    "RatingReminder",
    "Reconciliation",
    "ReminderKind",
    "Reveal",
    "Reversal",
    "Rhythm",
    "Round",
    "Scorecard",
    "Share",
    "SharedInterview",
    "Shortlisted",
    "Summary",
    "SummaryCell",
    "ThreadRead",
]
