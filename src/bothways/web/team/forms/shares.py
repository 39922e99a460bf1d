"""Showing an interview to somebody without an account: to whom, what of it, how long, how often."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.actions.shares import Shown
from bothways.review.models.share import DAYS, LONGEST_RECIPIENT, MOST_DAYS, MOST_VIEWS, VIEWS


class ShareForm(forms.Form):
    """Everything is hidden that is not ticked; the name has to be asked for."""

    recipient = forms.CharField(
        label=_("For whom"),
        help_text=_(
            "One person. Their name stands across what they see, and the candidate reads it among those who watched."
        ),
        max_length=LONGEST_RECIPIENT,
        error_messages={"required": _("Write for whom it is.")},
    )
    is_involved = forms.BooleanField(
        label=_("This person takes part in this selection"),
        help_text=_("Candidates agreed that people who run this selection watch, and nobody else."),
        error_messages={"required": _("Confirm it. Answers are not shown to anybody else.")},
    )
    answers = forms.BooleanField(label=_("The answers, to play and to read"), required=False, initial=True)
    transcript = forms.BooleanField(label=_("What is said in them, as text"), required=False)
    scorecards = forms.BooleanField(label=_("Ratings and recommendations that are in"), required=False)
    notes = forms.BooleanField(label=_("The raters’ notes"), required=False)
    name = forms.BooleanField(label=_("The candidate’s name"), required=False)
    days = forms.IntegerField(label=_("Days until it closes"), min_value=1, max_value=MOST_DAYS, initial=DAYS)
    most_views = forms.IntegerField(
        label=_("How often it may be opened"), min_value=1, max_value=MOST_VIEWS, initial=VIEWS
    )

    def shown(self) -> Shown:
        return Shown(
            **{what: self.cleaned_data[what] for what in ("answers", "transcript", "scorecards", "notes", "name")}
        )
