"""The form of one outcome."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.models import Outcome
from bothways.review.queries.reply_drafts import blanks_left


class DecisionForm(forms.Form):
    """Reason and letter. Somebody on hold is not written to, so that the letter is not asked for."""

    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.HiddenInput)
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("The reason, for the team and the record"),
        help_text=_("Say it in terms of what you looked for. The candidate does not read this."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason, in a sentence or two.")},
    )
    reply_subject = forms.CharField(
        label=_("Subject"), max_length=200, error_messages={"required": _("A letter needs a subject.")}
    )
    reply_body = forms.CharField(
        label=_("Your letter to the candidate"),
        help_text=_("Replace each blank in […] with your own words. It may be short, but not silent."),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Write the letter. It may be short, but not silent.")},
    )

    def __init__(self, data: Any, *, outcome: str, **options: Any) -> None:
        super().__init__(data, **options)
        if outcome == Outcome.HOLD:
            del self.fields["reply_subject"], self.fields["reply_body"]

    def clean_reply_subject(self) -> str:
        return _without_blanks(self.cleaned_data["reply_subject"])

    def clean_reply_body(self) -> str:
        return _without_blanks(self.cleaned_data["reply_body"])


class SeveralForm(DecisionForm):
    """One reason and one letter for several people, and whether they are invited on."""

    seen = None
    invite_on = forms.BooleanField(required=False, initial=True)

    def __init__(self, data: Any, *, outcome: str, next_stage: str, **options: Any) -> None:
        super().__init__(data, outcome=outcome, **options)
        self.fields["reason"].label = _("The reason, the same for all of them")
        self.fields["reply_body"].label = _("Your letter, the same for all of them")
        if next_stage:
            self.fields["invite_on"].label = _("Invite them to “%(stage)s” as well") % {"stage": next_stage}
        else:
            del self.fields["invite_on"]


def _without_blanks(text: str) -> str:
    if left := blanks_left(text):
        raise forms.ValidationError(_("A blank is still to be filled: %(blank)s"), params={"blank": left[0]})
    return text
