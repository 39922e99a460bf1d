"""Answering a candidate who asked for a person or a change, and handing it over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.interviews.actions.invitations import MOST_EXTENSION_DAYS
from bothways.interviews.models import EXTENSION_DAYS, ChangeMade, Request, RequestKind
from bothways.interviews.queries.requests import possible_owners
from bothways.interviews.queries.window import is_answering
from bothways.web.team.forms.members_field import MemberChoiceField

CHANGES = [
    (ChangeMade.MORE_DAYS, _("More days to answer")),
    (ChangeMade.OTHER_TIME, _("Another time")),
    (ChangeMade.OTHER_WAY, _("Another way to answer")),
    (ChangeMade.NOTHING, _("Nothing changes")),
]


class AnswerRequestForm(forms.Form):
    """Who asked for a person is not asked what changes; who has nothing left to answer gets no days."""

    message = forms.CharField(
        label=_("Your answer to the candidate"),
        help_text=_("They read it in a mail and on their page. Say what happens next, and when."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the answer, in a sentence or two. The candidate waits for your words.")},
    )
    changed = forms.ChoiceField(
        label=_("What changes"),
        choices=CHANGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what changes, so that the candidate knows where they stand.")},
    )
    days = forms.IntegerField(
        label=_("Days, if you give more"),
        min_value=1,
        max_value=MOST_EXTENSION_DAYS,
        initial=EXTENSION_DAYS,
        required=False,
        help_text=_("On top of the time for which the clock stood still. That is added by itself."),
    )
    talk_at = forms.DateTimeField(
        label=_("A time you agreed on, if there is one"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In your time zone. The candidate reads it in theirs."),
    )

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if request.kind == RequestKind.PERSON:
            del self.fields["changed"], self.fields["days"]
        elif not is_answering(request.interview):
            self.fields["changed"].choices = [choice for choice in CHANGES if choice[0] != ChangeMade.MORE_DAYS]
            del self.fields["days"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("changed") == ChangeMade.MORE_DAYS and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Say how many days."))
        return cleaned


class HandOverForm(forms.Form):
    to = MemberChoiceField(
        queryset=None,
        label=_("Who answers instead"),
        empty_label=None,
        help_text=_("They get a mail. The day stays the same, because it was promised."),
    )

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = possible_owners(request.organization).exclude(id=request.owner_id)
