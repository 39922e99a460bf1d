"""What a guest's page hands to the player: addresses for their share only, and the mark across the picture."""

import uuid
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from bothways.lib.ids import new_id
from bothways.media.addresses import media_address
from bothways.media.sprites import COLUMNS, every_ms, tile_count
from bothways.media.utterances import spoken_by
from bothways.review.models import Comment, Share
from bothways.review.queries.playback import Playback
from bothways.review.queries.shared_answers import SharedAnswer
from bothways.web.captions import language_name
from bothways.web.durations import clock
from bothways.web.stretches import shown_when


def watermark(share: Share) -> str:
    """For whom and when: stands across all that is watched, read or printed."""
    return f"{share.recipient} · {date_format(timezone.localtime(), 'DATE_FORMAT')}"


def shown_answer(
    share: Share, answer: SharedAnswer, comments: dict[uuid.UUID, list[Comment]], who: str
) -> dict[str, Any]:
    """An answer with addresses that work for this share only, and what is said about it. `who` is what the guest reads
    of the candidate."""
    utterances = answer.words.utterances if answer.words else ()
    lines = [(clock(one.start_ms), spoken_by(one, who), one.text) for one in utterances]
    language = language_name(answer.words.language) if answer.words else ""
    media = _media(share, answer.playback) if answer.playback else {}
    said = [
        {
            "comment": comment,
            "is_own": comment.share_id == share.id,
            "when": "" if comment.at_ms is None else shown_when(comment.at_ms, comment.until_ms),
        }
        for comment in comments.get(answer.question.id, ())
    ]
    return {"answer": answer, "lines": lines, "language": language, "said": said, "key": new_id(), **media}


def _media(share: Share, playback: Playback) -> dict[str, Any]:
    """`config` is that of a `<bw-player>` (static/bothways/player/player.js) that counts for nobody."""
    every = [*playback.sources, playback.voice] if playback.voice else playback.sources
    sources = [
        {"kind": source.kind, "mime": source.mime, "url": media_address(source.rendition_id, "share", share.id)}
        for source in every
    ]
    return {
        "poster": media_address(playback.poster, "share", share.id) if playback.poster else "",
        "sources": [source for source in sources if source["kind"] != "voice"],
        "config": {
            "sources": sources,
            "media_url": None,
            "peaks_url": media_address(playback.peaks, "share", share.id) if playback.peaks else None,
            "sprites": _sprites(share, playback),
            "duration_ms": playback.duration_ms,
            "silences": [],
            "gain_db": playback.gain_db,
            "coverage": None,
        },
    }


def _sprites(share: Share, playback: Playback) -> dict[str, Any] | None:
    if playback.sprites is None:
        return None
    return {
        "url": media_address(playback.sprites, "share", share.id),
        "every_ms": every_ms(playback.duration_ms),
        "columns": COLUMNS,
        "tiles": tile_count(playback.duration_ms),
    }
