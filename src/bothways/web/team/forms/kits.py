"""Beginning a kit, and the words around its questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bothways.accounts.models import Organization
from bothways.kits.models import KitVersion
from bothways.kits.starters import STARTERS
from bothways.web.choices import languages
from bothways.web.team.forms.members_field import MemberChoiceField, choosable


class NewKitForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the kit"), max_length=120, help_text=gettext_lazy("Only your team reads it.")
    )
    welcome_by = MemberChoiceField(
        queryset=None,
        label=gettext_lazy("Who welcomes and asks"),
        required=False,
        empty_label=gettext_lazy("I decide later"),
        help_text=gettext_lazy("Best is somebody the new person would work with."),
    )
    starter = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect, initial="any")

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["welcome_by"].queryset = choosable(organization)
        self.fields["starter"].choices = [(code, starter.name) for code, starter in STARTERS.items()]


class RenameKitForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the kit"), max_length=120)


class WordsForm(forms.Form):
    """What candidates read before the first question and after the last."""

    welcome_text = forms.CharField(
        label=gettext_lazy("The welcome"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Who you are, what the work is like, what happens with the answers. A few sentences."),
    )
    welcome_by = MemberChoiceField(
        queryset=None, label=gettext_lazy("Who welcomes"), required=False, empty_label=gettext_lazy("Nobody yet")
    )
    closing_text = forms.CharField(
        label=gettext_lazy("Closing words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Read after the answers are sent."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the kit"),
        help_text=gettext_lazy("Invitations and pages are in this language unless the candidate chooses another."),
    )

    def __init__(self, *args: Any, version: KitVersion, **kwargs: Any) -> None:
        names = ("welcome_text", "closing_text", "language")
        initial = {"welcome_by": version.welcome_by_id, **{name: getattr(version, name) for name in names}}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["welcome_by"].queryset = choosable(version.organization, version.welcome_by_id)
        self.fields["language"].choices = languages()
