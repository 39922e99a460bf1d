"""Agreeing to be recorded."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConsentForm(forms.Form):
    """`text` names the exact text that was read; `time_zone` is filled in by the browser."""

    text = forms.UUIDField(widget=forms.HiddenInput)
    time_zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))
    agrees = forms.BooleanField(
        label=_("I have read this, and I agree to be recorded."),
        error_messages={"required": _("Tick the box if you agree. Without it nothing can be recorded.")},
    )
