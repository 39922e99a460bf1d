"""Captions on their way to a player."""

from collections.abc import Iterable
from typing import Any

from babel import Locale, UnknownLocaleError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bothways.interviews.queries.transcripts import OwnWords
from bothways.kits.models import Captions
from bothways.lib import subrip, webvtt


def webvtt_response(captions: Captions) -> HttpResponse:
    """The file that a `<track>` of our own pages reads."""
    return cues_response(captions.as_cues())


def cues_response(cues: Iterable[webvtt.Cue]) -> HttpResponse:
    """Cues as a file for a `<track>`."""
    answer = _file(webvtt.write_webvtt(cues), webvtt.MIME, 'inline; filename="captions.vtt"')
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def subrip_response(captions: Captions) -> HttpResponse:
    """The same for editors and players that want SubRip."""
    return _file(subrip.write_subrip(captions.as_cues()), subrip.MIME, 'attachment; filename="captions.srt"')


def track(captions: Captions, url: str) -> dict[str, Any]:
    """One `<track>`. Its label is the name of its language in that language."""
    return {"url": url, "language": captions.language, "label": language_name(captions.language)}


def candidate_tracks(captions: Captions | None, token: str) -> list[dict[str, Any]]:
    """What a candidate's player gets: captions that somebody has read, or nothing."""
    if captions is None or not captions.is_reviewed:
        return []
    return [track(captions, reverse("candidate:captions", args=[token, captions.id]))]


def own_tracks(own: OwnWords | None, token: str, place: int) -> list[dict[str, Any]]:
    """What a candidate's player gets of their own answer: its words as others read them, or nothing."""
    if own is None or not own.captioned:
        return []
    url = reverse("candidate:own-captions", args=[token, place])
    return [{"url": url, "language": own.language, "label": spoken_label(own.language, not own.is_corrected)}]


def spoken_label(language: str, by_machine: bool) -> str:
    """What the captions of somebody's answer are called where they are chosen."""
    name = language_name(language)
    return _("%(language)s, by a machine") % {"language": name} if by_machine else name


def language_name(code: str) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code


def _file(content: str, mime: str, disposition: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime)
    answer.headers["Content-Disposition"] = disposition
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer
