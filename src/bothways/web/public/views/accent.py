"""The organization's colour as a stylesheet of one rule."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bothways.lib.contrast import is_hex


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def accent(request: HttpRequest, color: str) -> HttpResponse:
    """Set ``--org-accent`` to the color in the address; everything else follows from it in tokens.css.

    The address carries the value, so that the answer never changes and names no organization.
    """
    if not is_hex(f"#{color}"):
        raise Http404
    return HttpResponse(f":root{{--org-accent:#{color}}}", content_type="text/css")
