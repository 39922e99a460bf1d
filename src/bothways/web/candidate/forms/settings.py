"""What candidates set for themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.interviews.models import AnswerMode, AnswerTime, Picture, Timer
from bothways.web.choices import languages, time_zones

MODES = [
    (AnswerMode.VIDEO, _("On video")),
    (AnswerMode.AUDIO, _("By voice, without a picture")),
    (AnswerMode.SIGN, _("In sign language, on video, with or without sound")),
    (AnswerMode.WRITING, _("In writing")),
]
ANSWER_TIMES = [
    (AnswerTime.AS_SET, _("The time as it was set")),
    (AnswerTime.HALF_MORE, _("Half as much again")),
    (AnswerTime.DOUBLE, _("Twice the time")),
    (AnswerTime.UNLIMITED, _("No limit, up to 30 minutes")),
]
PICTURES = [
    (Picture.AUTO, _("Only when you check the camera")),
    (Picture.ON, _("Also while you record")),
    (Picture.OFF, _("Never")),
]
TIMERS = [
    (Timer.BAR, _("A bar that fills")),
    (Timer.DIGITS, _("Minutes and seconds")),
    (Timer.NONE, _("Nothing, only a word when little is left")),
]


class SettingsForm(forms.Form):
    """Everything. Once the answers are sent, only what the pages still need: language and zone."""

    mode = forms.ChoiceField(
        label=_("How you like to answer"),
        choices=MODES,
        widget=forms.RadioSelect,
        help_text=_("Every question offers the other ways, too. Nobody asks why."),
    )
    answer_time = forms.ChoiceField(
        label=_("Time for each answer"),
        choices=ANSWER_TIMES,
        widget=forms.RadioSelect,
        help_text=_("For everybody who speaks or signs more slowly, or thinks while speaking. Nobody asks why."),
    )
    breaks = forms.BooleanField(
        label=_("A break after each answer"),
        required=False,
        help_text=_("A quiet page before the next question, for as long as you like."),
    )
    timer = forms.ChoiceField(label=_("How you see the time"), choices=TIMERS, widget=forms.RadioSelect)
    picture = forms.ChoiceField(label=_("Your own picture"), choices=PICTURES, widget=forms.RadioSelect)
    captions = forms.BooleanField(
        label=_("Captions under the questions"),
        required=False,
        help_text=_(
            "The words of whoever asks on video, read by a person before. The question is always there to read."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of these pages"), help_text=_("The questions stay in the language in which they are asked.")
    )
    time_zone = forms.ChoiceField(label=_("Your time zone"), help_text=_("Every time on your page is said in it."))

    def __init__(self, *args: Any, is_answering: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_answering:
            for name in ("mode", "answer_time", "breaks", "timer", "picture"):
                del self.fields[name]
        self.fields["language"].choices = languages()
        self.fields["time_zone"].choices = time_zones()


class SettingsChangeForm(forms.Form):
    """What the page of a question sends: any of these, the others stay."""

    mode = forms.ChoiceField(choices=MODES, required=False)
    answer_time = forms.ChoiceField(choices=ANSWER_TIMES, required=False)
    picture = forms.ChoiceField(choices=PICTURES, required=False)
    timer = forms.ChoiceField(choices=TIMERS, required=False)
    captions = forms.NullBooleanField(required=False, widget=forms.TextInput)
    breaks = forms.NullBooleanField(required=False, widget=forms.TextInput)

    def clean(self) -> dict[str, Any]:
        """Only what was sent."""
        return {name: value for name, value in super().clean().items() if value not in ("", None)}
