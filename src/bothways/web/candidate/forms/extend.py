"""Taking more days."""

from django import forms


class ExtendForm(forms.Form):
    """`deadline` is the one that the page showed, so that a second press gives no second extension."""

    deadline = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
