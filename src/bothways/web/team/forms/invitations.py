"""Inviting one person, a list of people, or whoever has a link; giving more days."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bothways.interviews.actions.invitations import MOST_EXTENSION_DAYS
from bothways.interviews.actions.open_links import MOST_DAYS
from bothways.interviews.models import EXTENSION_DAYS
from bothways.positions.models import Position, Stage, StageKind

LANGUAGES = [("", _("The language of the kit")), *settings.LANGUAGES]


class StageForm(forms.Form):
    """Which stage of the position. Where there is only one, nobody is asked."""

    stage = forms.ModelChoiceField(queryset=Stage.objects.none(), label=_("Stage"), empty_label=None)

    def __init__(self, *args: Any, position: Position, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        field.queryset = inviting_stages(position)
        first = field.queryset.first()
        field.initial = first.id if first else None
        if field.queryset.count() < 2:
            field.widget = forms.HiddenInput()


class InviteForm(StageForm):
    name = forms.CharField(label=_("Name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    language = forms.ChoiceField(label=_("Language of mails and pages"), choices=LANGUAGES, required=False)


class ListForm(StageForm):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Columns: name, e-mail, and language if you like. Up to 10,000 people."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file.")},
    )


class ExtendForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=MOST_EXTENSION_DAYS, initial=EXTENSION_DAYS,
        help_text=_("Counted from the deadline, or from today where it has passed."),
    )  # fmt: skip


class OpenLinkForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days the link works"),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        help_text=_("Empty means until you close it."),
    )


def inviting_stages(position: Position) -> Any:
    """The stages to which people can be invited, in their order."""
    stages = Stage.objects.filter(position=position).exclude(kind=StageKind.LIVE, kit=None).order_by("place")
    return stages.select_related("kit", "organization", "position__replies_by__user")
