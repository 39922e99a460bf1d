"""The upload server: which module answers which method."""

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from bothways.media.store import StoreFull
from bothways.web.bytes.refusals import Refusal

from . import creation, head, options, patch, refusing, termination
from . import headers as read
from .asked import Asked
from .claims import ClaimLost
from .desk import Desk
from .turns import TurnBusy

Answer = Callable[[Desk, Asked], Awaitable[Response]]
COLLECTION: dict[str, Answer] = {"OPTIONS": options.answer, "POST": creation.answer}
UPLOAD: dict[str, Answer] = {
    "OPTIONS": options.answer,
    "HEAD": head.answer,
    "PATCH": patch.answer,
    "DELETE": termination.answer,
}


class TusServer:
    """`/u/` and `/u/<upload id>`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, asked: Asked) -> Response:
        """What the protocol says to it.

        Raises:
            Refusal: it says no.
        """
        answers = UPLOAD if asked.upload_id else COLLECTION
        try:
            respond = answers.get(asked.method)
            if respond is None:
                raise refusing.wrong_method(", ".join(answers))
            if asked.headers.get("tus-resumable") != read.VERSION and asked.method != "OPTIONS":
                raise refusing.wrong_version()
            return await respond(self._desk, asked)
        except (Refusal, read.Malformed, StoreFull, ClaimLost, TurnBusy) as error:
            raise _in_words(error) from None


def _in_words(error: Exception) -> Refusal:
    match error:
        case Refusal():
            refusal = error
        case StoreFull():
            refusal = refusing.store_full()
        case ClaimLost():
            refusal = refusing.taken_over()
        case TurnBusy():
            refusal = refusing.busy()
        case _:
            refusal = refusing.malformed(str(error))
    refusal.headers.setdefault("Tus-Resumable", read.VERSION)
    return refusal
