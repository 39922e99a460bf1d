"""Asking for a person, or for a change."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.interviews.models import RequestKind

KINDS = [
    (RequestKind.PERSON, _("I would rather talk to a person")),
    (RequestKind.CHANGE, _("I need a change: more time, another time, another way to answer")),
]


class TalkForm(forms.Form):
    """Nothing but the choice is needed. There is no field for a reason."""

    kind = forms.ChoiceField(
        label=_("What would you like?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )
    words = forms.CharField(
        label=_("What should we know? You can leave this empty"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example when you can be reached, or what would make it easier. Nobody asks why."),
    )
    phone = forms.CharField(
        label=_("A telephone number, if you like to be called"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
    )
