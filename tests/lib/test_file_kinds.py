"""What files really are."""

import io
import zipfile

import pytest

from bothways.lib.file_kinds import DOCX, JPEG, ODT, PDF, PNG, TEXT, kind_of


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
OPEN = {"mimetype": ODT.mime.encode(), "content.xml": b"<content/>"}
GOOD = [
    (b"%PDF-1.7\n...", PDF),
    (b"\x89PNG\r\n\x1a\n....", PNG),
    (b"\xff\xd8\xff\xe0....", JPEG),
    (zipped(**WORD), DOCX),
    (zipped(**OPEN), ODT),
    ("Grüße, \t und\r\nnoch eine Zeile".encode(), TEXT),
    ("Grüße".encode("latin-1"), TEXT),
    (b"<script>alert(1)</script>", TEXT),
]
BAD = [
    b"",
    b"MZ\x90\x00\x03",
    b"\x7fELF\x02\x01",
    b"GIF89a\x01\x00",
    b"\x00\x00\x00\x1cftypisom",
    b"text with a \x00 in it",
    zipped(**{"a.txt": b"x"}),
    zipped(**WORD, **{"word/vbaProject.bin": b"macro"}),
    zipped(**{"mimetype": b"application/vnd.oasis.opendocument.text-master", "content.xml": b"x"}),
    zipped(**{"mimetype": b"application/epub+zip", "content.xml": b"x"}),
    zipped(**{"content.xml": b"x", "mimetype": ODT.mime.encode()}),
    zipped(**WORD)[:40],
    b"PK\x03\x04" + b"\xff" * 60,
]


@pytest.mark.parametrize(("content", "kind"), GOOD, ids=[kind.suffix for _content, kind in GOOD])
def test_a_kind_is_known_by_its_content(content, kind):
    assert kind_of(io.BytesIO(content)) == kind


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_everything_else_is_not_taken(content):
    assert kind_of(io.BytesIO(content)) is None
