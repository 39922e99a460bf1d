"""Asking once more about an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bothways.conversations.models import LONGEST_FOLLOW_UP
from bothways.conversations.queries.follow_ups import DAYS, DAYS_TO_CHOOSE
from bothways.web.stretches import when_of


class FollowUpForm(forms.Form):
    """`others` is how many in the step can be asked the same; with fewer than two there is nobody else to ask. `times`:
    the answer is a recording, so that a stretch of it can be meant."""

    words = forms.CharField(
        label=_("Your question, in a sentence or two"),
        help_text=_(
            "The candidate reads it with your name. It is in no mail. Ask about the work, one thing at a time."
        ),
        max_length=LONGEST_FOLLOW_UP,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write your question, in a sentence or two. Nothing was sent.")},
    )
    when = forms.CharField(
        label=_("The part that is meant, as 0:42 or 0:42-1:05; may be empty"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(label=_("Time for the answer"), coerce=int, initial=DAYS)
    whom = forms.ChoiceField(label=_("Who is asked"), widget=forms.RadioSelect, initial="one", required=False)

    def __init__(self, *args: Any, who: str, others: int, times: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.fields["days"]
        days.choices = [(n, ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}) for n in DAYS_TO_CHOOSE]
        if not times:
            del self.fields["when"]
        if others < 2:
            del self.fields["whom"]
            return
        everybody = ngettext(
            "Everybody in this step who answered this question: %(n)d person, one mail each",
            "Everybody in this step who answered this question: %(n)d people, one mail each",
            others,
        )
        self.fields["whom"].choices = [
            ("one", _("Only %(who)s") % {"who": who}),
            ("everybody", everybody % {"n": others}),
        ]

    @property
    def asks_everybody(self) -> bool:
        return self.cleaned_data.get("whom") == "everybody"

    def clean_when(self) -> tuple[int | None, int | None]:
        """Milliseconds from and to, as far as they were typed."""
        typed = self.cleaned_data["when"].strip()
        if not typed:
            return None, None
        found = when_of(typed)
        if found is None:
            raise forms.ValidationError(_("Write the time as 0:42, or a stretch as 0:42-1:05."))
        return found
