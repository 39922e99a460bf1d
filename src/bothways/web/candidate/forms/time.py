"""The few things a candidate writes around the time of a talk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.web.choices import time_zones


class ZoneForm(forms.Form):
    time_zone = forms.ChoiceField(label=_("Your time zone"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = time_zones()


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("The number at which we call you"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
        help_text=_(
            "Those who call you read it here, and in the mail and the calendar entry that they get. Here it is deleted "
            "when you take part no more."
        ),
        error_messages={"required": _("Write the number at which we can call you.")},
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("A word to the people you would have met. You can leave this empty"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nobody asks why."),
    )
