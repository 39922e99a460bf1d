"""What a player needs to know about an answer. Identifiers only: addresses are made by the pages, for one viewer."""

import uuid
from dataclasses import dataclass

from bothways.interviews.models import Answer
from bothways.media.measurement import Stretch
from bothways.media.models import MediaKind, Recording, RecordingState, Rendition, RenditionKind
from bothways.media.queries.measurements import gain_db, measurement_of, silences
from bothways.media.queries.transcripts import Words
from bothways.review.spans import within

_CODEC_STRINGS = {
    "h264": "avc1.42E01E",
    "hevc": "hvc1.1.6.L93.B0",
    "av1": "av01.0.05M.08",
    "aac": "mp4a.40.2",
    "vp8": "vp8",
    "vp9": "vp9",
    "opus": "opus",
    "vorbis": "vorbis",
}
"""How browsers spell the codecs (RFC 6381), for asking them whether they can play one."""


@dataclass(frozen=True, slots=True)
class Source:
    rendition_id: uuid.UUID
    kind: str
    mime: str


@dataclass(frozen=True, slots=True)
class Playback:
    """Sources in the order in which they are to be tried; `voice` is the one for listening only, missing where there is
    no picture to leave out. `poster`, `peaks` and `sprites` are renditions, too; `answer_id` tells
    players of one page apart.

    `gain_db` is added so that all are equally loud; None: as it is.
    """

    answer_id: uuid.UUID
    kind: str
    duration_ms: int
    sources: tuple[Source, ...]
    poster: uuid.UUID | None
    peaks: uuid.UUID | None
    sprites: uuid.UUID | None
    voice: Source | None
    gain_db: float | None


def playback(answer: Answer, *, with_picture: bool = True) -> Playback | None:
    """The chosen take, if it can be played; as sound alone without its picture, and then perhaps with no source yet.

    One query when the take and its recording are there already.
    """
    recording = answer.chosen_take.recording if answer.chosen_take else None
    return recording_playback(recording, answer.id, with_picture=with_picture)


def recording_playback(
    recording: Recording | None, answer_id: uuid.UUID, *, with_picture: bool = True
) -> Playback | None:
    """The same of any recording. One query, none where its renditions are there already."""
    if recording is None or recording.state != RecordingState.READY or not recording.duration_ms:
        return None
    by_kind = {rendition.kind: rendition for rendition in recording.renditions.all()}
    if not with_picture and any(rendition.has_picture for rendition in by_kind.values()):
        return _sound_alone(answer_id, recording, by_kind)
    sources = [
        Source(rendition.id, kind, _mime(recording, rendition))
        for kind in (RenditionKind.PLAYABLE, RenditionKind.UNIVERSAL)
        if (rendition := by_kind.get(kind))
    ]
    return Playback(
        answer_id=answer_id,
        kind=recording.kind,
        duration_ms=recording.duration_ms,
        sources=tuple(sources),
        poster=_id_of(by_kind.get(RenditionKind.POSTER)),
        peaks=_id_of(by_kind.get(RenditionKind.PEAKS)),
        sprites=_id_of(by_kind.get(RenditionKind.SPRITES)),
        voice=_voice(recording, by_kind.get(RenditionKind.VOICE)),
        gain_db=gain_db(recording),
    )


def _sound_alone(answer_id: uuid.UUID, recording: Recording, by_kind: dict[str, Rendition]) -> Playback:
    """As if only a voice had been recorded. Nothing in it leads to a picture."""
    voice = by_kind.get(RenditionKind.VOICE)
    return Playback(
        answer_id=answer_id,
        kind=MediaKind.AUDIO,
        duration_ms=recording.duration_ms or 0,
        sources=(Source(voice.id, RenditionKind.PLAYABLE, _mime(recording, voice)),) if voice else (),
        poster=None,
        peaks=_id_of(by_kind.get(RenditionKind.PEAKS)),
        sprites=None,
        voice=None,
        gain_db=gain_db(recording),
    )


def shown_silences(answer: Answer, words: Words | None) -> tuple[Stretch, ...]:
    """Where the chosen take is silent and no word that may be shown is, in order. No query when it is there already.

    Nothing where there is no sound at all: that is told to whoever recorded it, not to those who rate, and hands that
    speak are not silent.
    """
    return recording_silences(answer.chosen_take.recording if answer.chosen_take else None, words)


def recording_silences(recording: Recording | None, words: Words | None) -> tuple[Stretch, ...]:
    if recording is None or measurement_of(recording).has_sound is False:
        return ()
    return tuple(within(silences(recording, words.utterances if words else ()), recording.duration_ms or 0))


def _voice(recording: Recording, rendition: Rendition | None) -> Source | None:
    if rendition is None or not recording.video_codec:
        return None
    return Source(rendition.id, RenditionKind.VOICE, _mime(recording, rendition))


def _id_of(rendition: Rendition | None) -> uuid.UUID | None:
    return rendition.id if rendition else None


def _mime(recording: Recording, rendition: Rendition) -> str:
    """The type with its codecs, as exact as we know it: without them browsers only say "maybe"."""
    if rendition.kind == RenditionKind.UNIVERSAL:
        codecs = [codec for codec, there in (("h264", recording.video_codec), ("aac", recording.audio_codec)) if there]
    elif rendition.kind == RenditionKind.VOICE:
        codecs = ["aac"]
    else:
        codecs = [codec for codec in (recording.video_codec, recording.audio_codec) if codec]
    known = [_CODEC_STRINGS[codec] for codec in codecs if codec in _CODEC_STRINGS]
    base = rendition.mime.partition(";")[0]
    return f'{base}; codecs="{", ".join(known)}"' if known and len(known) == len(codecs) else base
