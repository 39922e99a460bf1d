"""Inviting to the team and giving roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import Member, Role
from bothways.accounts.queries.members import members

ROLE_WORDS = {
    Role.OWNER: _("Sets up the organization, invites the team, and everything a recruiter does."),
    Role.RECRUITER: _("Prepares positions and questions, invites candidates, decides."),
    Role.REVIEWER: _("Watches and rates the answers that are given to them."),
    Role.AUDITOR: _("Reads the audit log and changes nothing."),
}


class InviteMemberForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.REVIEWER)


class MemberForm(forms.Form):
    """What an owner says of a member: the role, and who leads them."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    lead = forms.ModelChoiceField(
        label=_("Who leads them"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("The owners"),
        help_text=_("Is told, too, when a reply that this member promised is near its day or late."),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": member.role, "lead": member.lead_id}, **kwargs)
        self.fields["lead"].queryset = members(member.organization).filter(is_active=True).exclude(id=member.id)
