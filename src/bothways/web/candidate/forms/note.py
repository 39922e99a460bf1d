"""The note to those who rate."""

from django import forms


class NoteForm(forms.Form):
    """How long it may be, the verb says in words. Without a revision there is no note in the form."""

    text = forms.CharField(required=False, strip=False)
    revision = forms.IntegerField(min_value=0, required=False)
