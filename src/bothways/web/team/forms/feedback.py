"""Feedback to one person: words of one's own, and for each competency a band, what showed and a next step."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from bothways.conversations.models import Band
from bothways.conversations.queries.feedback_drafts import Part, Text

LEFT_OUT = ("", _("leave this out"))


class FeedbackForm(forms.Form):
    """Begun with the draft, or with what is kept. Whether blanks are left, the verb says."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Your words to them"),
        help_text=_("Where it says [name], they read their name. Replace each blank in […]."),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    is_read = forms.BooleanField(
        label=_("I have read all of it. It is right about these answers."), required=False, initial=False
    )

    def __init__(self, data: Any, *, text: Text, revision: int) -> None:
        super().__init__(data, initial={"words": text.words, "seen": revision})
        self._parts = text.parts
        for part in text.parts:
            self.fields[f"band_{part.place}"] = forms.ChoiceField(
                label=_("How much of it showed"),
                choices=[*Band.choices, LEFT_OUT],
                initial=part.band,
                required=False,
            )
            self.fields[f"strength_{part.place}"] = _area(_("What showed"), part.strength)
            self.fields[f"next_step_{part.place}"] = _area(_("A next step"), part.next_step)

    @property
    def rows(self) -> list[tuple[Part, BoundField, BoundField, BoundField]]:
        return [
            (part, *(self[f"{field}_{part.place}"] for field in ("band", "strength", "next_step")))
            for part in self._parts
        ]

    @property
    def text(self) -> Text:
        """What was sent in, without the parts that are left out."""
        given = self.cleaned_data
        parts = (
            Part(
                one.place,
                one.name,
                *(given[f"{field}_{one.place}"] for field in ("band", "strength", "next_step")),
            )
            for one in self._parts
        )
        return Text(given["words"], tuple(part for part in parts if part.band))


def _area(label: Any, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label, initial=initial, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
