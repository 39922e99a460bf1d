"""Why a step gave up."""

from typing import Final

EMPTY: Final = "empty"
NOT_MEDIA: Final = "not_media"
NOTHING_PLAYABLE: Final = "nothing_playable"
PICTURE_TOO_LARGE: Final = "picture_too_large"
TOO_LONG: Final = "too_long"
TOO_SLOW: Final = "too_slow"
OUT_OF_MEMORY: Final = "out_of_memory"
CRASHED: Final = "crashed"
DISK_FULL: Final = "disk_full"

CODES: Final = frozenset(
    {EMPTY, NOT_MEDIA, NOTHING_PLAYABLE, PICTURE_TOO_LARGE, TOO_LONG, TOO_SLOW, OUT_OF_MEMORY, CRASHED, DISK_FULL}
)


class MediaFailure(Exception):
    """A step could not do its work.

    `code` is one of CODES and chooses the words for people; `detail` is for the administrator's eyes only.
    `permanent` says that the same file would fail the same way again; otherwise trying later may help.
    """

    def __init__(self, code: str, detail: str = "", *, permanent: bool = True) -> None:
        if code not in CODES:
            raise ValueError(f"unknown media failure {code!r}")
        # It may quote the file: no control character, no half of a character gets into logs or the database.
        self.detail = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in detail)[:2000]
        super().__init__(f"{code}: {self.detail}" if detail else code)
        self.code = code
        self.permanent = permanent
