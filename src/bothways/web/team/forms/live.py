"""How the talks of a step are held, and words to a candidate about one of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bothways.live.actions.rules import Holding
from bothways.live.models import Hosting, LiveRules, Place
from bothways.live.models.rules import LONGEST_MINUTES, SHORTEST_MINUTES
from bothways.positions.models import StageKind


class WordsForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Your words to the candidate"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They stand in the mail and on their page. Say sorry, and why."),
        error_messages={"required": gettext_lazy("Write a sentence to the candidate.")},
    )


class MissedForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Your own words to the candidate. You can leave this empty"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("They stand in the mail and on their page, below what is written there anyway."),
    )


class HoldingForm(forms.Form):
    instead = forms.BooleanField(
        label=gettext_lazy("Candidates may talk live instead of recording"),
        required=False,
        help_text=gettext_lazy("Both ways stand side by side on their page: the same questions, the same people."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    hosting = forms.ChoiceField(
        label=gettext_lazy("Who hosts"),
        choices=[
            (Hosting.ANY, gettext_lazy("Any one of those who watch: whoever is free and has the least before them")),
            (Hosting.ALL, gettext_lazy("All of them together")),
        ],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        choices=[
            (Place.ROOM, gettext_lazy("Here, in the browser")),
            (Place.PHONE, gettext_lazy("On the telephone: the candidate leaves a number")),
            (Place.SITE, gettext_lazy("On site")),
        ],
        widget=forms.RadioSelect,
    )
    directions = forms.CharField(
        label=gettext_lazy("How to get there, or what is good to know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Candidates read it before they pick a time: the address, the door, step-free ways."),
    )
    asks_to_record = forms.BooleanField(
        label=gettext_lazy("Ask everybody whether the talk may be recorded"),
        required=False,
        help_text=gettext_lazy("Nothing is recorded until everybody has said yes. A no changes nothing else."),
    )
    shows_questions = forms.BooleanField(
        label=gettext_lazy("The candidate reads each question as it is asked"), required=False
    )

    def __init__(self, *args: Any, rules: LiveRules, **kwargs: Any) -> None:
        initial = {name: getattr(rules, name) for name in Holding.__dataclass_fields__}
        super().__init__(*args, initial=initial, auto_id="holding_%s", **kwargs)
        if rules.stage.kind == StageKind.LIVE:
            del self.fields["instead"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("place") == Place.SITE and not given.get("directions", "").strip():
            self.add_error("directions", _("Write where the talk is held and how to get there."))
        return given

    def holding(self) -> Holding:
        """As the verb takes it. Only for a valid form."""
        return Holding(**self.cleaned_data)
