from .candidate import Application, ApplicationState, Candidate
from .position import Assigning, Position, PositionState, ReviewOrder, Stage, StageKind, StageReviewer

__all__ = [
    "Application",
    "ApplicationState",
    "Assigning",
    "Candidate",
    "Position",
    "PositionState",
    "ReviewOrder",
    "Stage",
    "StageKind",
    "StageReviewer",
]
