"""The words that the room's scripts show, in the reader's language (`static/bothways/live/`)."""

from django.utils.translation import gettext as _

from bothways.live.models import MOST_PEOPLE
from bothways.web.recorder_strings import Strings, check_strings


def room_strings() -> Strings:
    """All of them, for hosts and candidates."""
    return {
        **check_strings(),
        **_people(),
        **_recording(),
        **_captions(),
        **_line(),
        **_saving(),
        **_spoken(),
    }


def _people() -> Strings:
    return {
        "come_as_often": _(
            "Your link stays the same, and you can come in as often as you like until the talk is ended."
        ),
        "hosts_there": _("In the room: {names}. One of them lets you in."),
        "nobody_there": _("Nobody is in the room yet. Somebody lets you in as soon as they are there."),
        "nobody_came": _(
            "It is time, and nobody of us is here. That is not your fault. We write to the people you are to meet. "
            "Stay here: somebody lets you in as soon as they come."
        ),
        "nobody_will_come": _(
            "Nobody has come, and we are sorry. You need not wait any longer: leave, and on your page you pick another "
            "time with one press. Nothing of it counts against you."
        ),
        "knocks": _("{name} is in the waiting room."),
        "picture_of": _("Picture of {name}"),
        "screen_of": _("Screen of {name}"),
        "take_out": _("Take {name} out of the talk"),
        "copied": _("The address is copied. Members of your organization who host this talk can open it."),
        "starts_in": _("starts in {n} min"),
        "minutes_left": _("{n} min left"),
        "time_is_up": _("the time is up"),
        "so_far": _("{time} so far"),
    }


def _recording() -> Strings:
    needs = _("Recording starts when all {n} have said yes. Anyone can stop it.")
    both = _("Recording starts when both of you have said yes. Each of you can stop it.")
    alone = _("Recording starts when everybody has said yes. Anyone can stop it.")
    return {
        "consent_needs": [alone, alone, both, *[needs] * (MOST_PEOPLE - 2)],
        "you_yes": _("You said yes"),
        "you_not_yet": _("You, not yet"),
        "said_yes": _("{name} said yes"),
        "not_yet": _("{name}, not yet"),
    }


def _captions() -> Strings:
    return {
        "captions_you": _("You have captions on."),
        "captions_one": _("{name} has captions on."),
        "captions_more": _("{names} have captions on."),
        "captions_without": _("Without captions, by their own choice: {names}."),
        "captions_missing": _("Some words are missing here: our server has too much to listen to just now."),
    }


def _line() -> Strings:
    return {
        "way_connecting": _("connecting"),
        "way_reconnecting": _("reconnecting"),
        "way_relay_refused": _("no connection: the relay of this server refuses us. We keep trying"),
        "way_relay_unreachable": _("no connection: the relay of this server does not answer. We keep trying"),
        "way_no_way": _("no connection: one of the networks lets nothing through. We keep trying"),
    }


def _saving() -> Strings:
    return {
        "saved": _("Saved"),
        "saving": _("Saving"),
        "unsaved": _("The line is down. Kept on this device, sent when it is back"),
        "signed_out": _("Not saved on the server: you are signed out. Kept on this device. Load the page and sign in"),
    }


def _spoken() -> Strings:
    """What a screen reader says once when something happens."""
    return {
        "say_hosts": _("In the room: {names}."),
        "say_in": _("You are in the room. {names}"),
        "say_back": _("The line is back."),
        "say_joined": _("{name} has come in."),
        "say_left": _("{name} has left."),
        "say_recording": _("This talk is recorded from now on."),
        "say_recording_stopped": _("Nothing is recorded any more."),
        "say_wish": _("You are asked whether this talk may be recorded."),
        "say_asked": _("The question: {text}"),
        "say_wrote": _("{name} writes: {text}"),
        "say_captions": _("{name} has captions on. What is said is turned into text, and nothing of it is kept."),
        "say_muted": _("You are muted."),
        "say_unmuted": _("You are heard."),
    }
