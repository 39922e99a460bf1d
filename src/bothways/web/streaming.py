"""Answers that are made while they are sent."""

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse


def streamed(request: HttpRequest, parts: Iterator[str | bytes], content_type: str) -> StreamingHttpResponse:
    """Send `parts` as they come. Under ASGI a plain iterator would be collected first, so it is asked step by step."""
    return StreamingHttpResponse(
        _asked_in_threads(parts) if isinstance(request, ASGIRequest) else parts, content_type=content_type
    )


async def _asked_in_threads(parts: Iterator[str | bytes]) -> AsyncIterator[str | bytes]:
    while (part := await sync_to_async(next)(parts, None)) is not None:
        yield part
