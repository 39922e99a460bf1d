from .candidate import Application, ApplicationState, Candidate
from .position import Position, PositionState, Stage, StageKind, StageReviewer

__all__ = [
    "Application",
    "ApplicationState",
    "Candidate",
    "Position",
    "PositionState",
    "Stage",
    "StageKind",
    "StageReviewer",
]
