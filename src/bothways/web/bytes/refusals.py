"""Answers that say no, in the language of the person."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation.trans_real import parse_accept_lang_header
from starlette.responses import JSONResponse

NOT_KEPT = {"Cache-Control": "no-store"}


class Refusal(Exception):
    """We do not do it, and it is answered as `{"error": {"code", "words"}}` with this status.

    `code` is for programs and never changes, `words` are for people and translated when they are sent, with `values` in
    their places.
    """

    def __init__(
        self, status: int, code: str, words: Promise, headers: Mapping[str, str] | None = None, **values: str | int
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.words = words
        self.headers = dict(headers or {})
        self.values = values

    def response(self, accept_language: str) -> JSONResponse:
        """The refusal as an answer to somebody who reads these languages, as in `Accept-Language`."""
        with translation.override(_language(accept_language)):
            words = str(self.words)
        body = {"error": {"code": self.code, "words": words % self.values if self.values else words}}
        return JSONResponse(body, self.status, {**NOT_KEPT, "X-Content-Type-Options": "nosniff", **self.headers})


def _language(wanted: str) -> str | None:
    """The first language of the person that we speak; `None`, and so the server's own, if there is none."""
    for code, _ in parse_accept_lang_header(wanted[:500]):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return None
