from .agreement import Agreement, RaterDrift
from .coverage import Coverage, PlayClock
from .decision import Decision, Reveal
from .scorecard import Outcome, Rating, Scorecard

__all__ = ["Agreement", "Coverage", "Decision", "Outcome", "PlayClock", "RaterDrift", "Rating", "Reveal", "Scorecard"]
