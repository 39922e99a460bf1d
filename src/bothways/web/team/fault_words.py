"""What devices call their troubles, in words for those who look after the server."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "device_lost": _("Camera or microphone went away"),
    "interrupted": _("Another app or a call took camera or microphone"),
    "hidden": _("The page went out of sight: another app, another tab or a locked screen"),
    "no_data": _("The browser recorded, but gave nothing"),
    "silent": _("The microphone stayed silent"),
    "storage_full": _("The device has no room left"),
    "browser_gave_up": _("The browser stopped recording by itself"),
    "tab_lost": _("The page was closed or crashed in the middle"),
}
"""A device may name others; they are shown as they are."""


def fault_words(code: str) -> str | Promise:
    return WORDS.get(code, code)
