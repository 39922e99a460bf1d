"""What the survey asks, and what can be answered: the same words for who answers and for who reads the results."""

from django.utils.translation import gettext_lazy as _

QUESTION_WORDS = {
    "fair": _("Did you have a fair chance to show what you can do?"),
    "respected": _("Were you treated as a person?"),
}

LEVEL_WORDS = (_("not at all"), _("a little"), _("partly"), _("mostly"), _("fully"))
"""From 1 to 5."""
