from .agreement import Agreement, RaterDrift
from .comment import Comment, CommentWording
from .coverage import Coverage, PlayClock
from .decision import Decision, DecisionGround, Reveal, Reversal
from .pinned_note import PinnedNote
from .question_figures import QuestionFigures
from .rating_change import RatingChange
from .round import Round
from .scorecard import Outcome, Rating, Scorecard
from .share import NameShown, Share, SharedInterview
from .summary import Reconciliation, Shortlisted, Summary, SummaryCell

__all__ = [
    "Agreement",
    "Comment",
    "CommentWording",
    "Coverage",
    "Decision",
    "DecisionGround",
    "NameShown",
    "Outcome",
    "PinnedNote",
    "PlayClock",
    "QuestionFigures",
    "RaterDrift",
    "Rating",
    "RatingChange",
    "Reconciliation",
    "Reveal",
    "Reversal",
    "Round",
    "Scorecard",
    "Share",
    "SharedInterview",
    "Shortlisted",
    "Summary",
    "SummaryCell",
]
