"""The organization's color in a form: one field, its contrast checked before it is stored."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bothways.lib.contrast import check_accent, is_hex


class AccentField(forms.CharField):
    """A color like ``#1d5f4c``. One too light to read is answered with the nearest that works."""

    def __init__(self, **options: object) -> None:
        defaults = {
            "label": _("Accent color"),
            "help_text": _("One color of your own. Tints and the dark theme follow from it."),
            "widget": forms.TextInput(attrs={"type": "color", "class": "swatch"}),
            "max_length": 7,
        }
        super().__init__(**{**defaults, **options})  # type: ignore[arg-type]

    def clean(self, value: object) -> str:
        color = super().clean(value).lower()
        if not is_hex(color):
            raise forms.ValidationError(_("A color is written like #1d5f4c."), code="not_a_color")
        judged = check_accent(color)
        if not judged.readable:
            raise forms.ValidationError(
                _("%(color)s is too light to read: contrast %(ratio)s to 1, and 4.5 is needed. %(suggestion)s works."),
                code="unreadable",
                params={"color": color, "ratio": round(judged.ratio, 1), "suggestion": judged.suggestion},
            )
        return color
