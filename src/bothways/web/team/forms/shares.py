"""Showing interviews to somebody without an account: to whom, what of them, how long, how often."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.kits.models import Question
from bothways.review.actions.shares import Shown
from bothways.review.models import NameShown, Share
from bothways.review.models.share import DAYS, LONGEST_RECIPIENT, MOST_DAYS, MOST_VIEWS, VIEWS

COLUMNS = {
    "answers": "shows_answers",
    "transcript": "shows_transcript",
    "scorecards": "shows_scorecards",
    "notes": "shows_notes",
    "comment": "lets_comment",
    "comments": "shows_comments",
}
"""What can be ticked, and where a share keeps it."""


class ScopeForm(forms.Form):
    """What a link shows. Everything is hidden that is not ticked; the name has to be asked for."""

    interviews = forms.TypedMultipleChoiceField(
        label=_("Whose interviews"),
        coerce=uuid.UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    places = forms.TypedMultipleChoiceField(
        label=_("Which questions"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    answers = forms.BooleanField(label=_("The answers, to play and to read"), required=False, initial=True)
    transcript = forms.BooleanField(label=_("What is said in them, as text"), required=False)
    scorecards = forms.BooleanField(label=_("Ratings and recommendations that are in"), required=False)
    notes = forms.BooleanField(label=_("The raters’ notes"), required=False)
    comment = forms.BooleanField(
        label=_("They may comment on the answers"),
        help_text=_("Who rates reads it after their own ratings are in, marked as a guest’s."),
        required=False,
    )
    comments = forms.BooleanField(label=_("They read what others say about the answers"), required=False)
    name = forms.ChoiceField(
        label=_("The candidate’s name"),
        choices=NameShown.choices,
        initial=NameShown.NONE,
        required=False,
        widget=forms.RadioSelect,
    )
    most_views = forms.IntegerField(
        label=_("How often it may be opened"), min_value=1, max_value=MOST_VIEWS, initial=VIEWS
    )

    def __init__(
        self, data: Any, *, people: Sequence[tuple[uuid.UUID, str]], questions: Sequence[Question], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self._every = [question.place for question in questions]
        self.fields["interviews"].choices = [(str(id_), name) for id_, name in people]
        self.fields["places"].choices = [
            (question.place, f"{question.place}. {question.text}") for question in questions
        ]
        self.initial.setdefault("interviews", [str(id_) for id_, _name in people])
        self.initial.setdefault("places", self._every)

    def clean_name(self) -> NameShown:
        return NameShown(self.cleaned_data["name"] or NameShown.NONE)

    def clean_places(self) -> list[int]:
        """None where all are ticked, so that a share of all says so."""
        chosen = self.cleaned_data["places"]
        return [] if set(chosen) == set(self._every) else chosen

    def shown(self) -> Shown:
        return Shown(**{what: self.cleaned_data[what] for what in COLUMNS}, name=self.cleaned_data["name"])


class ShareForm(ScopeForm):
    """A new link."""

    recipient = forms.CharField(
        label=_("For whom"),
        help_text=_(
            "One person. Their name stands across what they see. The candidate reads who has watched, guests too."
        ),
        max_length=LONGEST_RECIPIENT,
        error_messages={"required": _("Write for whom it is.")},
    )
    email = forms.EmailField(
        label=_("Their address"),
        help_text=_("We mail the link there. Leave it empty to copy the link and send it yourself."),
        required=False,
        error_messages={"invalid": _("This is no address that mail can go to.")},
    )
    is_involved = forms.BooleanField(
        label=_("This person takes part in this selection"),
        help_text=_("Candidates agreed that the people who take part in it watch, and nobody else."),
        error_messages={"required": _("Confirm it. Answers are not shown to anybody else.")},
    )
    days = forms.IntegerField(label=_("Days until it closes"), min_value=1, max_value=MOST_DAYS, initial=DAYS)

    field_order = ("recipient", "email", "is_involved")


class ChangedShareForm(ScopeForm):
    """A link that is out, begun with what it shows."""

    days = forms.IntegerField(
        label=_("Open for so many days from now"),
        help_text=_("Empty: the day stays as it is."),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
    )

    @staticmethod
    def initial_of(share: Share, open_ids: Sequence[uuid.UUID], questions: Sequence[Question]) -> dict[str, Any]:
        return {
            **{what: getattr(share, column) for what, column in COLUMNS.items()},
            "interviews": [str(id_) for id_ in open_ids],
            "places": [question.place for question in questions if share.shows_question(question.place)],
            "name": share.name_shown,
            "most_views": share.most_views,
        }
