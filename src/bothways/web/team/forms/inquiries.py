"""Answering a candidate's question, handing it over, or closing it with a few words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import Member
from bothways.conversations.models import Inquiry
from bothways.conversations.queries.inquiries import able_owners
from bothways.web.team.forms.members_field import MemberChoiceField


class AnswerInquiryForm(forms.Form):
    message = forms.CharField(
        label=_("Your answer in writing"),
        help_text=_("The candidate reads it on their page, with your name. The mail only says that it is there."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the answer, in a sentence or two. The candidate waits for your words.")},
    )


class CloseInquiryForm(forms.Form):
    message = forms.CharField(
        label=_("What the candidate reads instead of an answer"),
        help_text=_("For example that you have talked on the telephone."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why it is closed. The candidate reads it.")},
    )


class HandInquiryOverForm(forms.Form):
    to = MemberChoiceField(
        queryset=None,
        label=_("Who answers instead"),
        empty_label=None,
        help_text=_("They get a mail. Whoever still has to rate this person is not in the list."),
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = [member.id for member in able_owners(inquiry.interview) if member.id != inquiry.owner_id]
        rows = Member.objects.filter(organization=inquiry.organization_id, id__in=able)
        self.fields["to"].queryset = rows.select_related("user").order_by("user__name", "id")
