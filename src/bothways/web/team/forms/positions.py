"""Describing a position."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bothways.accounts.models import Organization
from bothways.positions.models import Position
from bothways.web.team.forms.members_field import MemberChoiceField, choosable


class PositionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    place = forms.CharField(
        label=gettext_lazy("Place"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: Lisbon, or Lisbon and from home."),
    )
    salary = forms.CharField(
        label=gettext_lazy("Pay"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "As candidates read it, for example €31,400–35,000 a year. More people finish where it is told."
        ),
    )
    description = forms.CharField(
        label=gettext_lazy("What the work is"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Candidates read it on the first page."),
    )
    replies_by = MemberChoiceField(
        queryset=None,
        label=gettext_lazy("Who answers for the reply"),
        empty_label=None,
        help_text=gettext_lazy("This person's name stands beside the date by which candidates hear from you."),
    )

    def __init__(self, *args: Any, organization: Organization, position: Position | None = None, **kwargs: Any) -> None:
        if position is not None:
            names = ("title", "place", "salary", "description")
            initial = {"replies_by": position.replies_by_id, **{name: getattr(position, name) for name in names}}
            kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["replies_by"].queryset = choosable(organization)
