"""Why a calendar could not be read, in words: what happened, what is safe, what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TROUBLE: dict[str, str | Promise] = {
    "private": _("The address leads into a private network. This server reads calendars on the internet only."),
    "address": _("The address leads on to another one that does not begin with https. It is not followed."),
    "unreachable": _("The server of the calendar does not answer. It is tried again by itself."),
    "certificate": _("The server of the calendar could not prove who it is: its certificate is not valid."),
    "slow": _("The server of the calendar took too long to answer. It is tried again by itself."),
    "redirects": _("The address leads on and on to others. Copy it from the calendar program anew."),
    "refused": _("The server of the calendar does not give it out. Look whether it is still shared by its address."),
    "gone": _("There is no calendar at this address any more. Copy the address anew, and remove this one."),
    "large": _("The calendar is larger than 2 MB. Share one that has only what is to come."),
    "unreadable": _("What stands at the address is no calendar, or one with lines that cannot be read."),
    "sealed": _("This server has another key now and cannot open the address. Remove the calendar and add it again."),
}


def trouble_words(code: str) -> str | Promise:
    return TROUBLE.get(code, TROUBLE["unreachable"])
