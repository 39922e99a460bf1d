"""Answering a follow-up in writing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.conversations.models import LONGEST_FOLLOW_UP_ANSWER


class FollowUpForm(forms.Form):
    written = forms.CharField(
        label=_("Your answer in writing"),
        help_text=_("It counts exactly like a recording. What you write stays on this device until you send it."),
        max_length=LONGEST_FOLLOW_UP_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer first. Nothing was sent.")},
    )
