"""The rules of one step."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.accounts.models import Organization
from bothways.kits.queries.kits import kits_of
from bothways.positions.actions.stages import Rules
from bothways.positions.models import Assigning, BlindLevel, ReviewOrder, Stage, StageKind
from bothways.positions.models.position import (
    LONGEST_RATING_DAYS,
    LONGEST_REPLY_DAYS,
    LONGEST_WINDOW_DAYS,
    MOST_RATERS_WANTED,
    RATERS_WANTED,
    RATING_DAYS,
    REPLY_DAYS,
    SHORTEST_WINDOW_DAYS,
    WATCHED_SHARE,
    WINDOW_DAYS,
)
from bothways.positions.queries.stages import possible_reviewers
from bothways.web.team.forms.members_field import MembersChoiceField

DEFAULTS = {
    "window_days": WINDOW_DAYS,
    "reply_days": REPLY_DAYS,
    "raters_wanted": RATERS_WANTED,
    "blind_level": BlindLevel.IDENTITY,
    "watched_share": WATCHED_SHARE,
}


def _number(usual: int, worse: str) -> forms.NumberInput:
    """A number that tells the script what is usual, and which side of it gives candidates less (reason.js)."""
    return forms.NumberInput(attrs={"data-usual": usual, "data-worse": worse, "inputmode": "numeric"})


class StageForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=gettext_lazy("What happens in it"),
        choices=StageKind.choices,
        widget=forms.RadioSelect,
        initial=StageKind.RECORDED,
    )
    kit = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("Kit"),
        required=False,
        empty_label=gettext_lazy("None yet"),
        help_text=gettext_lazy("The questions. Everybody in the step meets the same ones."),
    )
    window_days = forms.IntegerField(
        label=gettext_lazy("Days to answer"),
        min_value=SHORTEST_WINDOW_DAYS,
        max_value=LONGEST_WINDOW_DAYS,
        initial=WINDOW_DAYS,
        widget=_number(WINDOW_DAYS, "less"),
        help_text=gettext_lazy("From 3 to 60. Candidates can take 3 more days by themselves, twice."),
    )
    reply_days = forms.IntegerField(
        label=gettext_lazy("Working days until the reply"),
        min_value=1,
        max_value=LONGEST_REPLY_DAYS,
        initial=REPLY_DAYS,
        widget=_number(REPLY_DAYS, "more"),
        help_text=gettext_lazy("At most 20, counted from the day on which the answers are sent. It is a promise."),
    )
    raters_wanted = forms.IntegerField(
        label=gettext_lazy("People who rate each answer"),
        min_value=1,
        max_value=MOST_RATERS_WANTED,
        initial=RATERS_WANTED,
        widget=_number(RATERS_WANTED, "less"),
    )
    blind_level = forms.ChoiceField(
        label=gettext_lazy("What raters get of who it is, before their own ratings are in"),
        choices=BlindLevel.choices,
        widget=forms.RadioSelect,
        initial=BlindLevel.IDENTITY,
        required=False,
    )
    review_order = forms.ChoiceField(
        label=gettext_lazy("In which order the answers are rated"),
        choices=ReviewOrder.choices,
        widget=forms.RadioSelect,
        initial=ReviewOrder.QUESTIONS,
        required=False,
    )
    assignment = forms.ChoiceField(
        label=gettext_lazy("Who rates whom"),
        choices=Assigning.choices,
        widget=forms.RadioSelect,
        initial=Assigning.EVERYBODY,
        required=False,
    )
    rating_days = forms.IntegerField(
        label=gettext_lazy("Working days until ratings are due"),
        min_value=1,
        max_value=LONGEST_RATING_DAYS,
        initial=RATING_DAYS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("Counted from the day on which the answers are sent, never after the promised reply."),
    )
    watched_share = forms.IntegerField(
        label=gettext_lazy("Percent watched before the next batch"),
        min_value=0,
        max_value=100,
        initial=WATCHED_SHARE,
        required=False,
        widget=_number(WATCHED_SHARE, "less"),
        help_text=gettext_lazy(
            "So many of those who sent must be watched before a list is invited, an open link is made, or several "
            "people come on from the step before. One person by hand always works, and up to four unwatched hold up "
            "nothing. 0 turns it off."
        ),
    )
    reviewers = MembersChoiceField(
        queryset=None,
        label=gettext_lazy("Who watches"),
        required=False,
        help_text=gettext_lazy("Candidates read these names before they begin."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why candidates get less than usual"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Usual is: 7 days to answer, a reply within 10 working days, 2 people who rate, no name, photo or CV, half "
            "of those who sent watched before the next batch."
        ),
    )

    def __init__(self, *args: Any, organization: Organization, stage: Stage | None = None, **kwargs: Any) -> None:
        if stage is not None:
            kwargs["initial"] = _initial(stage)
        super().__init__(*args, **kwargs)
        self.fields["kit"].queryset = kits_of(organization)
        self.fields["reviewers"].queryset = possible_reviewers(organization)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("reason", "").strip() and self._is_worse(given):
            words = _("Candidates get less than usual in this step. Write one sentence that says why.")
            self.add_error("reason", words)
        return given

    def clean_blind_level(self) -> str:
        """Who sends a form without it gets what is usual."""
        return self.cleaned_data["blind_level"] or BlindLevel.IDENTITY

    def clean_review_order(self) -> str:
        """Who sends a form without it gets what is usual."""
        return self.cleaned_data["review_order"] or ReviewOrder.QUESTIONS

    def clean_assignment(self) -> str:
        return self.cleaned_data["assignment"] or Assigning.EVERYBODY

    def clean_rating_days(self) -> int:
        return self.cleaned_data["rating_days"] or RATING_DAYS

    def clean_watched_share(self) -> int:
        share = self.cleaned_data["watched_share"]
        return WATCHED_SHARE if share is None else share

    def rules(self) -> Rules:
        """The rules as the verbs take them. Only for a valid form."""
        return Rules(**{name: value for name, value in self.cleaned_data.items() if name != "reviewers"})

    @staticmethod
    def _is_worse(given: dict[str, Any]) -> bool:
        names = [name for name in ("kind", *DEFAULTS) if name in given]
        return Stage(**{name: given[name] for name in names}).is_worse_than_default


def _initial(stage: Stage) -> dict[str, Any]:
    names = ("name", "kind", "window_days", "reply_days", "raters_wanted", "blind_level", "review_order", "reason")
    names += ("assignment", "rating_days", "watched_share")
    reviewers = [reviewer.member_id for reviewer in stage.reviewers.all()]
    return {"kit": stage.kit_id, "reviewers": reviewers, **{name: getattr(stage, name) for name in names}}
