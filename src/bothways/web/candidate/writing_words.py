"""The words of the script that saves while somebody writes."""

from django.utils.translation import gettext as _


def writing_words() -> dict[str, str]:
    """For static/bothways/writing/write.js. Placeholders in braces are filled in the browser."""
    return {
        "saved": _("Saved on our server"),
        "saving": _("Saving"),
        "unsaved": _(
            "The line is down. Please keep writing. It is all kept on this device and goes up by itself when the line "
            "is back."
        ),
        "stopped": _("This could not be saved. What you wrote still stands here. Load the page again."),
        "left": _("Characters left: {count}"),
        "over": _("Characters too many: {count}"),
    }
