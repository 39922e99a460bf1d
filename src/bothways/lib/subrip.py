"""Captions as SubRip files (.srt), which most editors and players read. The format has no escapes and no standard."""

from collections.abc import Iterable

from bothways.lib.webvtt import Cue, file_time, worded

MIME = "application/x-subrip; charset=utf-8"


def write_subrip(cues: Iterable[Cue]) -> str:
    """A file with these cues, numbered in their order of time. Cues without words are left out.

    An arrow within the words becomes "→", because readers take it for the beginning of a cue.
    """
    return "\n".join(
        f"{number}\n{file_time(cue.start_ms, ',')} --> {file_time(cue.end_ms, ',')}\n{cue.text.replace('-->', '→')}\n"
        for number, cue in enumerate(worded(cues), start=1)
    )
