"""What a page says about a side of the talk that it records."""

import math

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from bothways.media.models import MediaKind

MOST_BYTES = 2**53
LAST_MS = 32_503_680_000_000
"""The year 3000: a moment that Python can still name."""


def _finite(value: float) -> None:
    if not math.isfinite(value):
        raise ValidationError("")


class OpenLegForm(forms.Form):
    client_key = forms.UUIDField()
    period = forms.UUIDField()
    kind = forms.ChoiceField(choices=MediaKind.choices)
    mime = forms.CharField(max_length=120, validators=[RegexValidator(r"\A(video|audio)/[\x21-\x7e ]+\Z")])


class PlaceLegForm(forms.Form):
    started_ms = forms.FloatField(min_value=0, max_value=LAST_MS, validators=[_finite])
    clock_error_ms = forms.FloatField(validators=[_finite])
    clock_rate_ppm = forms.FloatField(validators=[_finite])


class FinishLegForm(forms.Form):
    bytes = forms.IntegerField(min_value=1, max_value=MOST_BYTES)
    duration_ms = forms.IntegerField(min_value=0, max_value=2**31 - 1)
