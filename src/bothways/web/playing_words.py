"""The words of the player's script, wherever it stands. Placeholders in braces are filled in the browser."""

from django.utils.translation import gettext as _


def playing_words() -> dict[str, str]:
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "speed": _("Speed, {speed} times"),
        "time": _("{minutes} min {seconds} s"),
        "place": _("{at} of {of}"),
        "place_silent": _("{at} of {of}, silence"),
    }
