"""What somebody typed into a search field."""

from django.http import HttpRequest

LONGEST = 80


def searched(request: HttpRequest) -> str:
    """The words of `?q=`, short and without the character that PostgreSQL takes in no text."""
    return request.GET.get("q", "").replace("\x00", "")[:LONGEST].strip()
