"""The first-run form: the organization, its owner, and the one choice that has no default."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bothways.accounts.models import User
from bothways.accounts.retention import RETENTION_PROFILES
from bothways.web.accent_field import AccentField
from bothways.web.choices import countries, team_languages, time_zones


class StartForm(forms.Form):
    name = forms.CharField(label=_("Name of the organization"), max_length=120, help_text=_("Candidates read it."))
    country = forms.ChoiceField(label=_("Country"), help_text=_("Public holidays there do not count as working days."))
    language = forms.ChoiceField(label=_("Language"), choices=team_languages)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zones, widget=forms.Select(attrs={"data-guess": "time-zone"})
    )
    accent = AccentField(initial="#1d5f4c")
    retention_profile = forms.ChoiceField(
        label=_("How long recordings are kept"),
        widget=forms.RadioSelect,
        choices=lambda: [(profile.code, profile.name) for profile in RETENTION_PROFILES.values()],
        error_messages={"required": _("Choose how long recordings are kept. There is no default on purpose.")},
    )
    owner_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    owner_email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    owner_password = forms.CharField(
        label=_("A password"),
        help_text=_("At least 10 characters. A few words in a row are easy to keep in mind."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["country"].choices = [("", _("Choose a country")), *countries()]  # type: ignore[attr-defined]
        self.fields["language"].initial = get_language()

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        password = self.cleaned_data.get("owner_password")
        if password:
            person = User(email=self.cleaned_data.get("owner_email", ""), name=self.cleaned_data.get("owner_name", ""))
            try:
                validate_password(password, person)
            except forms.ValidationError as error:
                self.add_error("owner_password", error)
        return cleaned
