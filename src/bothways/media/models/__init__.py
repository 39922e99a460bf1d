from .listening import Listening
from .recording import MediaKind, Recording, RecordingState, Rendition, RenditionKind, Upload
from .transcript import Transcript, TranscriptState

__all__ = [
    "Listening",
    "MediaKind",
    "Recording",
    "RecordingState",
    "Rendition",
    "RenditionKind",
    "Transcript",
    "TranscriptState",
    "Upload",
]
