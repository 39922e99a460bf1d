from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.positions.models import Candidate


class ComeInForm(forms.Form):
    """Who wants to take part. The personal link goes to this address and nowhere else."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=Candidate._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send your personal link there."),
    )
