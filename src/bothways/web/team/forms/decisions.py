"""The form of one outcome."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.models import Outcome
from bothways.review.queries.grounds import Ground, Pickable
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
    grounds = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": _("A reason was picked that this kit does not have. Load the page again.")},
    )
    invite_on = forms.BooleanField(required=False, initial=True)
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

    def __init__(
        self, data: Any, *, outcome: str, pickable: Sequence[Pickable] = (), next_stage: str = "", **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.pickable = pickable
        self.fields["grounds"].choices = [(str(ground), anchor) for one in pickable for ground, anchor in one.anchors]
        if outcome == Outcome.HOLD:
            del self.fields["reply_subject"], self.fields["reply_body"]
        if next_stage and outcome == Outcome.ADVANCE:
            self.fields["invite_on"].label = _("Invite them to “%(stage)s” as well") % {"stage": next_stage}
        else:
            del self.fields["invite_on"]

    @property
    def rubric(self) -> list[tuple[Pickable, list[tuple[str, int, str, bool]]]]:
        """Each question with its anchors: value, level, words, and whether it is ticked."""
        ticked = set(self["grounds"].value() or ())
        return [
            (one, [(str(ground), ground.level, words, str(ground) in ticked) for ground, words in one.anchors])
            for one in self.pickable
        ]

    def clean_grounds(self) -> list[Ground]:
        return [ground for text in self.cleaned_data["grounds"] if (ground := Ground.read(text))]

    def clean_reply_subject(self) -> str:
        return _without_blanks(self.cleaned_data["reply_subject"])

    def clean_reply_body(self) -> str:
        return _without_blanks(self.cleaned_data["reply_body"])


class SeveralForm(DecisionForm):
    """One reason and one letter for several people, and whether they are invited on."""

    seen = None

    def __init__(self, data: Any, *, outcome: str, **options: Any) -> None:
        super().__init__(data, outcome=outcome, **options)
        del self.fields["grounds"]
        self.fields["reason"].label = _("The reason, the same for all of them")
        self.fields["reply_body"].label = _("Your letter, the same for all of them")


class ReversalForm(forms.Form):
    """Why a decision is taken back, and, where the candidate was told of it, what they read now."""

    seen = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why you take it back, for the team and the record"),
        help_text=_("The decision stays in the record beside this. The candidate does not read it."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, in a sentence or two.")},
    )
    reply_subject = forms.CharField(
        label=_("Subject"), max_length=200, error_messages={"required": _("A letter needs a subject.")}
    )
    reply_body = forms.CharField(
        label=_("Your letter to the candidate"),
        help_text=_("Replace each blank in […] with your own words. Say plainly what you told them and what is true."),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Write the letter. They have been told something that no longer holds.")},
    )

    def __init__(self, data: Any, *, is_told: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not is_told:
            del self.fields["reply_subject"], self.fields["reply_body"]

    def clean_reply_subject(self) -> str:
        return _without_blanks(self.cleaned_data["reply_subject"])

    def clean_reply_body(self) -> str:
        return _without_blanks(self.cleaned_data["reply_body"])


def _without_blanks(text: str) -> str:
    if left := blanks_left(text):
        raise forms.ValidationError(_("A blank is still to be filled: %(blank)s"), params={"blank": left[0]})
    return text
