from .coverage import Coverage, PlayClock
from .decision import Decision, Reveal
from .scorecard import Outcome, Rating, Scorecard
from .share import Share

__all__ = ["Coverage", "Decision", "Outcome", "PlayClock", "Rating", "Reveal", "Scorecard", "Share"]
