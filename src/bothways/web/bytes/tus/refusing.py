"""Everything the upload server refuses, with its status after the tus protocol and its words."""

import math

from django.utils.translation import gettext_lazy as _

from bothways.web.bytes.refusals import Refusal

from .headers import VERSION


def wrong_version() -> Refusal:
    words = _("The program that sends this upload is of another version. Reload the page and try again.")
    return Refusal(412, "wrong_version", words, {"Tus-Version": VERSION})


def no_key() -> Refusal:
    words = _("The key of this upload is missing. Open your link again, then go on.")
    return Refusal(401, "no_key", words, {"WWW-Authenticate": "Bearer"})


def unknown() -> Refusal:
    return Refusal(404, "unknown_upload", _("There is no such upload for you. Open your link again, then go on."))


def expired() -> Refusal:
    words = _("The time for this upload is over. What arrived is kept. Open your link again to see what you can do.")
    return Refusal(410, "expired", words)


def malformed(header: str) -> Refusal:
    words = _(
        "The program that sends this upload said what we cannot read (%(header)s). Reload the page and try again."
    )
    return Refusal(400, "malformed", words, header=header)


def not_supported(header: str) -> Refusal:
    words = _("This server does not offer what the sending program asks for (%(header)s).")
    return Refusal(400, "not_supported", words, header=header)


def wrong_type() -> Refusal:
    words = _("The program that sends this upload gave it the wrong type. Reload the page and try again.")
    return Refusal(415, "wrong_type", words)


def wrong_method(allowed: str) -> Refusal:
    return Refusal(405, "wrong_method", _("This address is for uploads only."), {"Allow": allowed})


def offset_differs(size: int) -> Refusal:
    words = _("We already have another part of this upload. Ask how far it is, then go on from there.")
    return Refusal(409, "offset_differs", words, {"Upload-Offset": str(size)})


def taken_over() -> Refusal:
    words = _("Another connection goes on with this upload. What arrived here is kept.")
    return Refusal(409, "taken_over", words)


def line_cut(size: int) -> Refusal:
    words = _("The line broke. What arrived is kept. Go on from there.")
    return Refusal(400, "line_cut", words, {"Upload-Offset": str(size)})


def closed() -> Refusal:
    words = _("You went on with this answer on another device. What had arrived from here before is part of it.")
    return Refusal(410, "closed", words)


def completed() -> Refusal:
    return Refusal(409, "completed", _("This recording is complete. It can no longer be changed here."))


def length_differs() -> Refusal:
    words = _("The length of this recording was given before, and was another. What arrived is kept.")
    return Refusal(409, "length_differs", words)


def part_too_large(limit: int) -> Refusal:
    words = _("This part is too large. Send parts of at most %(megabytes)d MB.")
    return Refusal(413, "part_too_large", words, megabytes=limit // 2**20)


def upload_too_large(limit: int) -> Refusal:
    words = _("This recording is larger than the %(megabytes)d MB that are allowed. What arrived before is kept.")
    return Refusal(413, "upload_too_large", words, megabytes=limit // 2**20)


def beyond_length(length: int) -> Refusal:
    words = _("More came than the %(length)d bytes that were announced for this recording.")
    return Refusal(413, "beyond_length", words, length=length)


def checksum_differs(size: int) -> Refusal:
    words = _("A part was changed on its way. It was not kept; send it again.")
    return Refusal(460, "checksum_differs", words, {"Upload-Offset": str(size)})


def too_fast(wait: float) -> Refusal:
    seconds = max(1, math.ceil(wait))
    words = _("Too much arrives at once. What arrived is kept. Go on in %(seconds)d s.")
    return Refusal(429, "too_fast", words, {"Retry-After": str(seconds)}, seconds=seconds)


def busy() -> Refusal:
    words = _("An earlier part of this upload is still being written. What arrived is kept. Try again in a moment.")
    return Refusal(423, "busy", words, {"Retry-After": "2"})


def too_slow(size: int) -> Refusal:
    words = _("Nothing arrived for a while. What arrived before is kept. Go on from there.")
    return Refusal(408, "too_slow", words, {"Upload-Offset": str(size), "Connection": "close"})


def store_full() -> Refusal:
    words = _(
        "Our disk is full, so we cannot take more just now. What arrived before is safe, and so is what is on your "
        "device. We go on by ourselves as soon as there is room."
    )
    return Refusal(507, "store_full", words, {"Retry-After": "60"})
