"""What the organization shows and promises."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import WatchersShown
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.web.accent_field import AccentField
from bothways.web.choices import countries, team_languages, time_zones


class OrganizationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Candidates read it."))
    accent = AccentField()
    contact_email = forms.EmailField(
        label=_("Address for candidates"),
        required=False,
        help_text=_("A person reads it. Candidates who ask for help write here."),
    )
    contact_phone = forms.CharField(label=_("Telephone for candidates"), required=False, max_length=40)
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("Public holidays there do not count as working days.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=team_languages)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    watchers_shown = forms.ChoiceField(
        label=_("How candidates read who watches"), widget=forms.RadioSelect, choices=WatchersShown.choices
    )
    retention_profile = forms.ChoiceField(
        label=_("How long recordings are kept"),
        widget=forms.RadioSelect,
        choices=lambda: [(profile.code, profile.name) for profile in RETENTION_PROFILES.values()],
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["country"].choices = [("", _("Not chosen")), *countries()]  # type: ignore[attr-defined]
