"""Background work on media."""

from bothways.media.actions import listening, measurements, recordings, renditions, scratch, uploads, words
from bothways.work.models import Lane
from bothways.work.registry import job, periodic


@job("media.settle", before_retry=recordings.wait_again)
def settle(recording_id: str) -> None:
    recordings.settle(recording_id=recording_id)


@job("media.join", lane=Lane.MEDIA, before_retry=recordings.wait_again)
def join(recording_id: str) -> None:
    recordings.join(recording_id=recording_id)


@job("media.poster")
def poster(recording_id: str) -> None:
    renditions.add_poster(recording_id=recording_id)


@job("media.measurement")
def measurement(recording_id: str) -> None:
    measurements.add_measurement(recording_id=recording_id)


@job("media.sprites", lane=Lane.MEDIA)
def sprites(recording_id: str) -> None:
    renditions.add_sprites(recording_id=recording_id)


@job("media.voice", lane=Lane.MEDIA)
def voice(recording_id: str) -> None:
    renditions.add_voice(recording_id=recording_id)


@job("media.universal", lane=Lane.MEDIA)
def universal(recording_id: str) -> None:
    renditions.add_universal(recording_id=recording_id)


@job("media.listen", lane=Lane.WORDS)
def listen(recording_id: str) -> None:
    listening.listen(recording_id=recording_id)


@job("media.words", lane=Lane.WORDS)
def add_words(recording_id: str) -> None:
    words.add_words(recording_id=recording_id)


@periodic("media.settle_left_over", minutes=1)
def settle_left_over() -> None:
    recordings.settle_left_over()


@periodic("media.words_left_over", minutes=5)
def words_left_over() -> None:
    words.words_left_over()


@periodic("media.end_uploads", minutes=10)
def end_uploads() -> None:
    uploads.sweep()
    scratch.clear_left_over()
