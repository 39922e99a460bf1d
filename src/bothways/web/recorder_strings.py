"""The words that the recorder's scripts show, in the reader's language.

Words that never change stand in the templates; these depend on what happens in the browser. Placeholders in braces
are filled by `static/bothways/recorder/strings.js`. A list holds one sentence for each count, so that the catalog's
own plural rules decide and the browser needs none.
"""

from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.web.finding_words import finding_strings

MOST_TAKES = 10
LONGEST_ANSWER_MIN = 30

Strings = dict[str, str | list[str]]


class QuestionWords(TypedDict):
    """Sentences of the question page that depend on its limits."""

    limit: str
    think: str


def recorder_strings(*, asker: str = "", notice_s: int = 30, grace_s: int = 15) -> Strings:
    """All words for the question page and the kit page's recorder.

    `asker` is the name of the person who asks; `notice_s` and `grace_s` are the limits in the page's configuration.
    """
    return {
        **_times(notice_s, grace_s),
        **_takes(),
        **_spoken(notice_s, grace_s),
        **_held(),
        **finding_strings(),
        "asked": _("%(name)s asked you this.") % {"name": asker} if asker else "",
        "heard_good": _("We hear you well."),
        "heard_quiet": _("We do not hear you."),
        "interrupted": _("Your microphone or camera has gone quiet."),
        "picture_on": _("Picture on"),
        "picture_off": _("Picture off"),
        "with_camera": _("With camera"),
        "voice_only": _("Voice only"),
    }


def practice_strings(*, asker: str = "", notice_s: int = 30, grace_s: int = 15) -> Strings:
    """All words for the practice page: the same, without a promise that anything is sent."""
    return {
        **recorder_strings(asker=asker, notice_s=notice_s, grace_s=grace_s),
        "say_stopping": _("Stopped."),
        "say_reviewing": _("You can play it now. It is on this device only."),
    }


def check_strings() -> Strings:
    """All words for the device check."""
    return {
        "heard_waiting": _("Listening"),
        "heard_good": _("We hear you"),
        "heard_quiet": _("We hear nothing"),
        "say_opening": _("The browser may ask you now. Press Allow."),
        "say_trying": _("Recording for 3 seconds. Say something."),
    }


def question_words(*, answer_limit_s: int | None, think_limit_s: int | None) -> QuestionWords:
    """How long the answer may be and how long one may think, as sentences."""
    return {"limit": _limit(answer_limit_s), "think": _think(think_limit_s)}


def _limit(seconds: int | None) -> str:
    if seconds is None:
        return ngettext(
            "Take as long as you need, up to %(n)d minute.",
            "Take as long as you need, up to %(n)d minutes.",
            LONGEST_ANSWER_MIN,
        ) % {"n": LONGEST_ANSWER_MIN}
    if seconds % 60 == 0:
        minutes = seconds // 60
        return ngettext("Up to %(n)d minute.", "Up to %(n)d minutes.", minutes) % {"n": minutes}
    return ngettext("Up to %(n)d second.", "Up to %(n)d seconds.", seconds) % {"n": seconds}


def _think(seconds: int | None) -> str:
    if seconds is None:
        return _("Think for as long as you like.")
    return ngettext(
        "You have %(n)d second to think. Nothing starts by itself.",
        "You have %(n)d seconds to think. Nothing starts by itself.",
        seconds,
    ) % {"n": seconds}


def _times(notice_s: int, grace_s: int) -> Strings:
    return {
        "of": _("{part} of {whole}"),
        "left_plenty": _("Plenty of time"),
        "left_half": _("About half is left"),
        "left_notice": _notice(notice_s),
        "left_grace": _("The time is up. Finish your sentence."),
        "left_over": _("The time is up."),
        "so_far": _("Your answer so far: {time}."),
        "limit": _("Up to {time}."),
        "copied": _("The link is copied."),
        "digits_on": _("Show digits"),
        "digits_off": _("Hide digits"),
        "think_left": _("{time} left to think"),
        "safe": _("Safe on the server"),
        "safe_here": _("Safe here, on the server"),
        "safe_all": _("All of it is safe on the server"),
    }


def _takes() -> Strings:
    left = [_("No take is left."), *(_takes_left(count) for count in range(1, MOST_TAKES + 1))]
    return {
        "takes_left": left,
        "take": _("Take {n}"),
        "take_chosen": _("Take {n}, chosen"),
        "use_take": _("Use take {n}"),
        "keep": _("Keep it"),
        "failed_empty": _("The browser recorded nothing. It does not count. Please record once more."),
        "failed_unusable": _(
            "This take cannot be used. It is not your fault, and it does not count. Please record once more."
        ),
        "failed_taken_over": _(
            "You ended this answer on another device. What had reached our server from here is part of it."
            " There is nothing left to do on this device."
        ),
        "failed_unknown": _(
            "We could not save this take yet. It is kept on this device. Please reload the page to try again."
        ),
    }


def _takes_left(count: int) -> str:
    return ngettext("%(n)d take is left.", "%(n)d takes are left.", count) % {"n": count}


def _notice(seconds: int) -> str:
    return ngettext("%(n)d second left", "%(n)d seconds left", seconds) % {"n": seconds}


def _spoken(notice_s: int, grace_s: int) -> Strings:
    """What a screen reader says once when something changes."""
    grace = ngettext(
        "The time is up. You have %(n)d more second to finish.",
        "The time is up. You have %(n)d more seconds to finish.",
        grace_s,
    ) % {"n": grace_s}
    return {
        "say_opening": _("Opening camera and microphone. The browser may ask you now."),
        "say_thinking": _("Camera and microphone are open. Nothing is recorded yet."),
        "say_recording": _("Recording."),
        "say_paused": _("Paused."),
        "say_stopping": _("Stopped. Saving your answer."),
        "say_reviewing": _("Saved. All of it is on the server."),
        "say_found": _("We found your answer. It is going up now."),
        "say_ended_limit": _("The time is up. Your answer is kept."),
        "say_ended_lost": _("The camera or microphone is gone. What you said is kept."),
        "say_offline": _("The line is down. Please keep talking. It is all kept on this device."),
        "say_online": _("The line is back."),
        "say_smaller": _("The line is slow just now, so the picture gets smaller. Please keep talking."),
        "say_voice": _("The line is very slow just now, so only your voice is recorded. Please keep talking."),
        "say_cramped": _("This device is nearly full, so the picture gets smaller. Please keep talking."),
        "say_notice": _notice(notice_s),
        "say_grace": grace,
    }


def _held() -> Strings:
    """Said when a take that is begun rests, and when it goes on."""
    kept = _("All you said until then is kept.")
    return {
        "say_held_device_lost": f"{_('The camera or microphone was gone, so the recording stopped.')} {kept}",
        "say_held_interrupted": f"{_('A call came in, or another app took the microphone or camera.')} {kept}",
        "say_held_hidden": f"{_('This page was out of view, so the recording stopped.')} {kept}",
        "say_held_no_data": f"{_('The browser recorded nothing for 5 seconds, so we stopped it.')} {kept}",
        "say_held_browser_gave_up": f"{_('The browser stopped recording by itself.')} {kept}",
        "say_held_found": _("We found your answer. It is going up now. You can go on, keep it, or record again."),
        "say_held_elsewhere": _("You began this answer on another device. You can go on, keep it, or record again."),
        "say_other_tab": _("You have begun this answer in another tab.")
        + " "
        + _("It is safe there, and you can go on there. When you close that tab, it comes here by itself."),
        "say_going_on": _("Camera and microphone are open. Your answer goes on when you press."),
    }
