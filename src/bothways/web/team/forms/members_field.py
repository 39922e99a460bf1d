"""Choosing a member in a form."""

import uuid

from django import forms
from django.db.models import Q, QuerySet

from bothways.accounts.models import Member, Organization
from bothways.accounts.queries.members import members


def choosable(organization: Organization, chosen: uuid.UUID | None = None) -> QuerySet[Member]:
    """Whom one can choose: the active members, and the one who is chosen already, even if they left."""
    return members(organization).filter(Q(is_active=True) | Q(id=chosen))


class MemberChoiceField(forms.ModelChoiceField):
    """A member by name, with the title that candidates read."""

    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.user.name}, {obj.title}" if obj.title else obj.user.name


class MembersChoiceField(forms.ModelMultipleChoiceField):
    """Several members, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.user.name}, {obj.title}" if obj.title else obj.user.name
