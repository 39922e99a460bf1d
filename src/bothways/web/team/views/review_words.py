"""The words that the rating room's script shows."""

from django.utils.translation import gettext as _


def rating_words() -> dict[str, str]:
    """For static/bothways/team/review/rating.js."""
    return {
        "saved": _("Saved"),
        "saving": _("Saving"),
        "unsaved": _("Not on the server yet. It is kept on this device and goes up by itself when the line is back."),
        "signed_out": _(
            "Not saved, because you are signed out. It is kept on this device. Sign in again in another tab, "
            "then change one letter here."
        ),
    }
