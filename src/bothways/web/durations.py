"""Times in words, the way people say them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def duration_words(seconds: int) -> str:
    """45 seconds, 90 seconds, 2 minutes, 2½ minutes; other lengths as minutes and seconds."""
    if seconds < 60 or seconds == 90:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes, rest = divmod(seconds, 60)
    if rest == 30:
        return _("%(minutes)s minutes") % {"minutes": halves(seconds)}
    whole = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if not rest:
        return whole
    left = ngettext("%(n)d second", "%(n)d seconds", rest) % {"n": rest}
    return _("%(minutes)s %(seconds)s") % {"minutes": whole, "seconds": left}


def halves(seconds: int) -> str:
    """Minutes to the nearest half: ½, 1, 6½. Something is never nothing."""
    steps = max(1, round(seconds / 30)) if seconds else 0
    whole, half = divmod(steps, 2)
    return f"{whole or ''}{'½' if half else ''}" or "0"


def clock(milliseconds: int) -> str:
    """0:19 or 12:04."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes}:{seconds:02}"
