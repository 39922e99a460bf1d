"""What a script sends, read with the same care as a form that a person fills in."""

import json
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bothways.lib.errors import Refused


def read_json(request: HttpRequest, form_type: type[forms.Form]) -> dict[str, Any]:
    """The checked fields of a JSON body.

    Raises:
        Refused: `bad_request`; the body is no JSON object, or a field is missing or makes no sense.
    """
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    form = form_type(sent if isinstance(sent, dict) else {})
    if not form.is_valid():
        raise Refused(
            "bad_request", _("Your browser sent something we do not understand. Nothing was changed. Reload the page.")
        )
    return form.cleaned_data
