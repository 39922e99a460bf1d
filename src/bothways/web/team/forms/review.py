"""Rating and recommending, as plain forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.actions.rating_changes import LONGEST_REASON
from bothways.review.actions.scorecards import LONGEST_NOTE
from bothways.review.models import Outcome, Rating, Scorecard


class RatingForm(forms.Form):
    """One question: a number on the ladder, or 0 for "not enough evidence", and what was heard."""

    value = forms.TypedChoiceField(
        label=_("Your rating"), coerce=int, empty_value=None, required=False, choices=[(n, n) for n in range(6)]
    )
    note = forms.CharField(
        label=_("What did you hear?"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    @staticmethod
    def values_of(rating: Rating | None) -> dict[str, Any]:
        if rating is None:
            return {"value": None, "note": ""}
        return {"value": 0 if rating.not_enough_evidence else rating.value, "note": rating.note}


class OverallForm(forms.Form):
    """What this member recommends. It stands beside the ratings and is never counted into them."""

    recommendation = forms.ChoiceField(
        label=_("What do you recommend?"),
        required=False,
        choices=[("", ""), *Outcome.choices],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Why, in a sentence or two"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @staticmethod
    def values_of(scorecard: Scorecard | None) -> dict[str, Any]:
        if scorecard is None:
            return {"recommendation": "", "note": ""}
        return {"recommendation": scorecard.recommendation, "note": scorecard.note}


class ChangeForm(forms.Form):
    """Another rating for an answer after handing in, and why."""

    value = forms.TypedChoiceField(
        label=_("Your rating now"),
        coerce=int,
        choices=[(n, n) for n in range(6)],
        error_messages={"required": _("Pick the rating that fits now.")},
    )
    reason = forms.CharField(
        label=_("Why do you change it?"),
        help_text=_("It stands beside both values, for everybody who may read your ratings."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why you change it. The reason stands beside both values.")},
    )
