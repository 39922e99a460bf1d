"""What a file really is, by its first bytes. Names and declared types are never asked."""

import zipfile
from typing import BinaryIO, NamedTuple

MOST_ENTRIES = 5_000
"""No letter written in an office program has so many parts."""


class FileKind(NamedTuple):
    """`name` is how people call it, `suffix` what a file of it is called, `mime` what it is sent as."""

    name: str
    suffix: str
    mime: str


PDF = FileKind("PDF", "pdf", "application/pdf")
PNG = FileKind("PNG", "png", "image/png")
JPEG = FileKind("JPEG", "jpg", "image/jpeg")
DOCX = FileKind("Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
ODT = FileKind("OpenDocument", "odt", "application/vnd.oasis.opendocument.text")
TEXT = FileKind("TXT", "txt", "text/plain")

_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_NOT_IN_TEXT = frozenset(range(32)) - frozenset(b"\t\n\x0c\r") | {127}


def kind_of(file: BinaryIO) -> FileKind | None:
    """The kind of a file that can be read and sought in; None for everything else, documents with macros included."""
    file.seek(0)
    start = file.read(8)
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    if start.startswith(b"PK\x03\x04"):
        return _document(file)
    return TEXT if start and _is_text(file) else None


def by_mime(mime: str) -> FileKind | None:
    """The kind that was found before."""
    return next((kind for kind in (PDF, PNG, JPEG, DOCX, ODT, TEXT) if kind.mime == mime), None)


def _document(file: BinaryIO) -> FileKind | None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = {entry.filename for entry in archive.infolist()[: MOST_ENTRIES + 1]}
            if len(names) > MOST_ENTRIES or any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return DOCX
            first = archive.infolist()[0]
            declared = archive.open(first).read(len(ODT.mime) + 1) if first.filename == "mimetype" else b""
            return ODT if declared == ODT.mime.encode() and "content.xml" in names else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, IndexError):
        return None


def _is_text(file: BinaryIO) -> bool:
    file.seek(0)
    while piece := file.read(2**16):
        if not _NOT_IN_TEXT.isdisjoint(piece):
            return False
    return True
