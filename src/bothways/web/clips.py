"""Clips on their way from a recorder to a player, the same for candidates who ask and members who answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _

from bothways.conversations.actions.clips import OpenedClip
from bothways.conversations.models import Clip
from bothways.conversations.queries.clips import GRACE_S, NOTICE_S, ClipState, clip_state
from bothways.interviews.models import Interview
from bothways.media.addresses import media_address
from bothways.media.models import MediaKind, Recording, RecordingState, Rendition
from bothways.media.queries.measurements import gain_db
from bothways.media.queries.recordings import failure_words
from bothways.media.queries.renditions import to_play
from bothways.media.queries.transcripts import Words, words_by_recording
from bothways.web.captions import spoken_label
from bothways.web.recorder_strings import recorder_strings

MOST_BYTES = 2**53


class OpenClipForm(forms.Form):
    client_key = forms.UUIDField()
    kind = forms.ChoiceField(choices=MediaKind.choices)
    mime = forms.CharField(max_length=120, validators=[RegexValidator(r"\A(video|audio)/[\x21-\x7e ]+\Z")])


class FinishClipForm(forms.Form):
    bytes = forms.IntegerField(min_value=1, max_value=MOST_BYTES)


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom addresses are made: "member" with the member's id, or "candidate" with the interview's."""

    kind: str
    id: Any


@dataclass(frozen=True, slots=True)
class ShownClip:
    """A clip as a page shows it: to play, on its way, or failed with words. `text` is what is said in it."""

    url: str
    mime: str
    poster: str
    gain_db: float | None
    is_video: bool
    duration_ms: int
    is_pending: bool
    failure: str
    tracks: tuple[dict[str, Any], ...]
    text: str


def shown_clip(recording: Recording, viewer: Viewer, words: Words | None, captions_url: str) -> ShownClip:
    """No query after a prefetch of renditions."""
    found = to_play(recording)
    best, poster = found or (None, None)
    track = words and {
        "url": captions_url,
        "language": words.language,
        "label": spoken_label(words.language, words.by_machine),
    }
    return ShownClip(
        url=_address(best, viewer),
        mime=best.mime if best else "",
        poster=_address(poster, viewer),
        gain_db=gain_db(recording),
        is_video=bool(recording.video_codec),
        duration_ms=recording.duration_ms or 0,
        is_pending=not recording.is_settled,
        failure=str(failure_words(recording.failure_code)) if recording.state == RecordingState.FAILED else "",
        tracks=(track,) if track else (),
        text=spoken_text(words),
    )


def spoken_text(words: Words | None) -> str:
    return " ".join(utterance.text for utterance in words.utterances) if words else ""


def words_of(interview: Interview, recordings: Iterable[Recording | None]) -> dict[Any, Words]:
    """What is said in each of some recordings, as far as it may be shown. One query."""
    ids = [recording.id for recording in recordings if recording]
    return words_by_recording(interview.organization_id, ids) if ids else {}


def opened_json(opened: OpenedClip, take_url: str) -> dict[str, Any]:
    """What the recorder wants to know of a clip that was opened."""
    return {
        "take": str(opened.clip.id),
        "number": clip_state(opened.clip).number,
        "takes_left": None,
        "upload": {"url": f"/u/{opened.upload_id}", "token": opened.token},
        "take_url": take_url,
        "max_bytes": opened.max_bytes,
    }


def state_json(clip: Clip, viewer: Viewer) -> dict[str, Any]:
    """How far a loaded clip is, as the recorder reads it."""
    state: ClipState = clip_state(clip)
    recording = clip.recording
    found = to_play(recording)
    failed = recording.state == RecordingState.FAILED
    return {
        "take": str(clip.id),
        "number": state.number,
        "state": recording.state,
        "offset": state.offset,
        "bytes": state.length,
        "duration_ms": recording.duration_ms,
        "chosen": state.is_used,
        "playback": found
        and {"url": _address(found[0], viewer), "mime": found[0].mime, "poster": _address(found[1], viewer) or None},
        "failure": {"code": recording.failure_code, "words": str(failure_words(recording.failure_code))}
        if failed
        else None,
    }


def clip_config(
    request: HttpRequest,
    viewer: Viewer,
    *,
    calls: str,
    home: str,
    unsent: Iterable[Clip],
    limit_s: int | None,
    notice_s: int = NOTICE_S,
    takes_left: int | None = None,
) -> dict[str, Any]:
    """What the recorder of a clip starts from. `calls` is the address of the clips, `home` where a kept one leads,
    `unsent` the earlier tries; `limit_s` and `takes_left` are empty where there is no limit.
    """
    return {
        "open_url": calls,
        "takes_url": calls,
        "next_url": home,
        "csrf_token": get_token(request),
        "answer_limit_s": limit_s,
        "now_ms": round(timezone.now().timestamp() * 1000),
        "notice_s": notice_s,
        "grace_s": GRACE_S,
        "think_limit_s": None,
        "think_left_s": None,
        "think_url": None,
        "takes_left": takes_left,
        "takes": [state_json(clip, viewer) for clip in unsent],
    }


def clip_strings(keep: str, notice_s: int = NOTICE_S) -> dict[str, str]:
    """Words of a recorder that speaks of a recording, not of an answer. `keep` is what the button says that sends."""
    return {
        **recorder_strings(notice_s=notice_s, grace_s=GRACE_S),
        "keep": keep,
        "use_take": _("Send recording {n}"),
        "take": _("Recording {n}"),
        "take_chosen": _("Recording {n}, sent"),
        "so_far": _("Your recording so far: {time}."),
        "say_stopping": _("Stopped. Saving your recording."),
        "say_found": _("We found your recording. It is going up now."),
        "say_ended_limit": _("The time is up. Your recording is kept."),
    }


def _address(rendition: Rendition | None, viewer: Viewer) -> str:
    return media_address(rendition.id, viewer.kind, viewer.id) if rendition else ""
