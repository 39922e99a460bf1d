"""How a member appears and reads."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.web.choices import team_languages, time_zones


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    title = forms.CharField(
        label=_("What you do here"),
        max_length=120,
        required=False,
        help_text=_("Candidates read it under your name, for example: head of tenant services."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=team_languages)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
