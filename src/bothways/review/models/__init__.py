from .coverage import Coverage, PlayClock
from .decision import Decision, Reveal
from .scorecard import Outcome, Rating, Scorecard

__all__ = ["Coverage", "Decision", "Outcome", "PlayClock", "Rating", "Reveal", "Scorecard"]
