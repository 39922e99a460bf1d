from .coverage import Coverage, PlayClock
from .decision import Decision, Reveal
from .round import Round
from .scorecard import Outcome, Rating, Scorecard

__all__ = ["Coverage", "Decision", "Outcome", "PlayClock", "Rating", "Reveal", "Round", "Scorecard"]
