"""How a member appears and reads."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.web.choices import languages, team_languages, time_zones


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
    languages = forms.MultipleChoiceField(
        label=_("Languages in which you rate"),
        choices=languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where interviews are shared out by rule, you get these only. Tick none for all of them."),
    )
