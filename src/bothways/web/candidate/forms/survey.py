"""Two questions about the interview itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.conversations.models import SurveyMoment
from bothways.web.survey_words import LEVEL_WORDS, QUESTION_WORDS

_CHOICES = list(enumerate(LEVEL_WORDS, start=1))
_MISSING = {"required": _("Choose one of the five."), "invalid_choice": _("Choose one of the five.")}


class SurveyForm(forms.Form):
    moment = forms.ChoiceField(choices=SurveyMoment.choices, widget=forms.HiddenInput)
    fair = forms.TypedChoiceField(
        label=QUESTION_WORDS["fair"], choices=_CHOICES, coerce=int, widget=forms.RadioSelect, error_messages=_MISSING
    )
    respected = forms.TypedChoiceField(
        label=QUESTION_WORDS["respected"], choices=_CHOICES, coerce=int, widget=forms.RadioSelect,
        error_messages=_MISSING,
    )  # fmt: skip
