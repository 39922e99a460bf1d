"""Asking the team something in writing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.conversations.models import LONGEST_INQUIRY


class AskForm(forms.Form):
    words = forms.CharField(
        label=_("Your question"),
        help_text=_("For example about the work, the team, the pay, or how we decide."),
        max_length=LONGEST_INQUIRY,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your question first. Nothing was sent.")},
    )
