from .candidate import Application, ApplicationState, Candidate
from .position import Assigning, BlindLevel, Position, PositionState, ReviewOrder, Stage, StageKind, StageReviewer

__all__ = [
    "Application",
    "ApplicationState",
    "Assigning",
    "BlindLevel",
    "Candidate",
    "Position",
    "PositionState",
    "ReviewOrder",
    "Stage",
    "StageKind",
    "StageReviewer",
]
