from .candidate import Application, ApplicationState, Candidate
from .position import Position, PositionState, ReviewOrder, Stage, StageKind, StageReviewer

__all__ = [
    "Application",
    "ApplicationState",
    "Candidate",
    "Position",
    "PositionState",
    "ReviewOrder",
    "Stage",
    "StageKind",
    "StageReviewer",
]
