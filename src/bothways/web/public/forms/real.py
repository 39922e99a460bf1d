"""Checking an invitation."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RealForm(forms.Form):
    link = forms.CharField(
        label=_("The link from your mail"),
        max_length=500,
        help_text=_("Copy it from the mail and paste it here. Nothing is opened or started."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "ltr"}),
        error_messages={"required": _("Paste the link from your mail first.")},
    )
