"""The address of a member's own calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CalendarForm(forms.Form):
    address = forms.CharField(
        label=_("Address of your calendar"),
        max_length=2000,
        help_text=_(
            "It begins with https:// or webcal:// and mostly ends with .ics. It is a secret, and kept like one."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=_("How you call it"), max_length=120, required=False, help_text=_("For example: private, or work.")
    )
