"""A calendar file as a page hands it out."""

from django.http import HttpResponse


def calendar_download(content: bytes) -> HttpResponse:
    """To save, or to open with the calendar program. It may hold a secret address: nobody keeps a copy on the way."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="interview.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response
