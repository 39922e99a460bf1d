"""What a device sends about a take, as JSON. Read with the same care as a form that a person fills in."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from bothways.interviews.actions.takes import SegmentEnd
from bothways.interviews.queries.limits import MOST_SEGMENTS
from bothways.media.models import MediaKind

MOST_BYTES = 2**53
MOST_MS = 2**31 - 1
MOST_S_AGO = 30 * 24 * 3600


_MIME = RegexValidator(r"\A(video|audio)/[\x21-\x7e ]+\Z")


class OpenTakeForm(forms.Form):
    client_key = forms.UUIDField()
    kind = forms.ChoiceField(choices=MediaKind.choices)
    mime = forms.CharField(max_length=120, validators=[_MIME])
    begun_s_ago = forms.IntegerField(min_value=0, max_value=MOST_S_AGO, required=False)

    def clean_begun_s_ago(self) -> int:
        return self.cleaned_data["begun_s_ago"] or 0


class OpenSegmentForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=MOST_SEGMENTS + 1)
    mime = forms.CharField(max_length=120, validators=[_MIME])
    key = forms.UUIDField(required=False)


class SegmentEndForm(forms.Form):
    """`bytes` null: with what has reached the server; 0: nothing was recorded in it."""

    number = forms.IntegerField(min_value=1, max_value=MOST_SEGMENTS)
    bytes = forms.IntegerField(min_value=0, max_value=MOST_BYTES, required=False)
    duration_ms = forms.IntegerField(min_value=0, max_value=MOST_MS, required=False)


class SegmentEndsField(forms.Field):
    """A list of objects, each read like a form."""

    def to_python(self, value: Any) -> list[SegmentEnd] | None:
        if value in self.empty_values:
            return None
        if not isinstance(value, list) or not 1 <= len(value) <= MOST_SEGMENTS:
            raise forms.ValidationError("no list of segments")
        ends = [self._end(one) for one in value]
        if len({end.number for end in ends}) < len(ends):
            raise forms.ValidationError("a segment is named twice")
        return ends

    def _end(self, value: Any) -> SegmentEnd:
        form = SegmentEndForm(value if isinstance(value, dict) else {})
        if not form.is_valid():
            raise forms.ValidationError("no segment")
        sent = form.cleaned_data
        return SegmentEnd(sent["number"], sent["bytes"], sent["duration_ms"])


class FinishTakeForm(forms.Form):
    """`segments` says how each of them ended; `bytes` alone is a take of one."""

    bytes = forms.IntegerField(min_value=1, max_value=MOST_BYTES, required=False)
    duration_ms = forms.IntegerField(min_value=0, max_value=MOST_MS, required=False)
    segments = SegmentEndsField(required=False)

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data
        if self.errors:
            return sent
        if not sent["segments"]:
            if sent["bytes"] is None or sent["duration_ms"] is None:
                raise forms.ValidationError("neither segments nor bytes and their length in time")
            sent["segments"] = [SegmentEnd(1, sent["bytes"], sent["duration_ms"])]
        return sent


class FaultForm(forms.Form):
    """What the device says went wrong. A detail that is too long is cut, because a report must not fail over it."""

    code = forms.RegexField(r"\A[a-z][a-z_]{1,29}\Z")
    detail = forms.Field(required=False)
    segment = forms.IntegerField(min_value=1, max_value=MOST_SEGMENTS, required=False)

    def clean_detail(self) -> str:
        return str(self.cleaned_data["detail"] or "").encode(errors="replace").decode()
