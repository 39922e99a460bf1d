"""Gold answers and letting people in, as plain forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.review.actions.calibration import LONGEST_REASON
from bothways.review.actions.gold import LONGEST_WORDS


class GoldForm(forms.Form):
    """The lead's rating of a gold answer, and why."""

    value = forms.TypedChoiceField(
        label=_("The rating you give it"),
        coerce=int,
        choices=[(n, n) for n in range(1, 6)],
        error_messages={"required": _("Pick the rating that fits this answer.")},
    )
    words = forms.CharField(
        label=_("Why this rating fits"),
        help_text=_("Who has rated it reads this. Say what in the answer fits which anchor."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why it fits. Others learn from the words, not from the number.")},
    )


class LetInForm(forms.Form):
    """Why somebody may rate without having passed."""

    reason = forms.CharField(
        label=_("Why this person may rate without it"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why. It stays beside the name and in the audit log.")},
    )
