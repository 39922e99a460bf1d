"""Inviting to the team and giving roles."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import Role

ROLE_WORDS = {
    Role.OWNER: _("Sets up the organization, invites the team, and everything a recruiter does."),
    Role.RECRUITER: _("Prepares positions and questions, invites candidates, decides."),
    Role.REVIEWER: _("Watches and rates the answers that are given to them."),
    Role.AUDITOR: _("Reads the audit log and changes nothing."),
}


class InviteMemberForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect, initial=Role.REVIEWER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
