"""Files of people go out to be saved, never to be shown: what is in them is theirs and not to be trusted."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header

from bothways.interviews.models import AnswerFile
from bothways.media.store import NoSuchObject, get_store
from bothways.web.streaming import streamed


def attachment(request: HttpRequest, file: AnswerFile, name: str) -> HttpResponseBase:
    """Stream the file as an attachment under this name. Whoever calls has asked whether the reader may have it."""
    try:
        parts = get_store().open_range(file.store_key, 0, file.size)
    except NoSuchObject:
        raise Http404 from None
    response = streamed(request, parts, content_type=file.mime)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
