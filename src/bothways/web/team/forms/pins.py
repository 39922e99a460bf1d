"""A pinned note as a plain form: a time that is typed, and words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.actions.pinned_notes import LONGEST_PINNED, Pin, Quote
from bothways.review.models import PinnedNote
from bothways.web.team.pins import shown_when, when_of


class PinForm(forms.Form):
    """One note, to be kept or removed. Its key was made with the page, so that sending twice pins one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    when = forms.CharField(
        label=_("Time, as 0:42 or 0:42-1:05"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What did you hear?"),
        required=False,
        max_length=LONGEST_PINNED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def is_removal(self) -> bool:
        return "remove" in self.data

    def clean_when(self) -> str:
        when = self.cleaned_data["when"]
        if not self.is_removal and when_of(when) is None:
            raise forms.ValidationError(_("Write the time as 0:42, or a stretch as 0:42-1:05."))
        return when

    def pin(self, standing: PinnedNote | None) -> Pin:
        """What the verb is asked for. Who leaves the time as it is shown keeps it to the millisecond; quotes stay."""
        when, text = self.cleaned_data["when"], self.cleaned_data["text"]
        start_ms, end_ms = when_of(when) or (0, None)
        quote = None
        if standing is not None:
            if when == shown_when(standing.start_ms, standing.end_ms):
                start_ms, end_ms = standing.start_ms, standing.end_ms
            if standing.quote:
                quote = Quote(standing.quote, standing.quote_start_ms or 0, standing.quote_end_ms or 0)
        return Pin(start_ms, end_ms, text, quote)
