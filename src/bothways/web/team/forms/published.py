"""A question and an answer for all candidates: edited, and confirmed to name nobody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """`may_play`: the answer was recorded, and whoever publishes it can."""

    question = forms.CharField(
        label=_("The question, as everybody reads it"),
        help_text=_("In your words, so that nobody can tell who asked."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question as everybody should read it.")},
    )
    answer = forms.CharField(
        label=_("The answer, as everybody reads it"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    with_recording = forms.BooleanField(
        label=_("Show the recorded answer, too"),
        required=False,
        help_text=_("Only if nobody is named in it. It cannot be edited."),
    )
    names_nobody = forms.BooleanField(
        label=_("I have read and heard it: it names nobody, and nobody can be recognized"),
        error_messages={"required": _("Read it once more, and confirm that it names nobody. Nothing was published.")},
    )

    def __init__(self, *args: Any, may_play: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_play:
            del self.fields["with_recording"]
