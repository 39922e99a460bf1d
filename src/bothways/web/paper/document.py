"""From blocks to the bytes of a PDF."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from bothways.web.paper.blocks import Block, Heading, Words
from bothways.web.paper.fonts import letters_for
from bothways.web.paper.sheet import UNPRINTABLE, About, Sheet

DRAWN = "0123456789–…[]"


def pdf(about: About, blocks: Iterable[Block]) -> bytes:
    """The document. Letters that no font of this server has are left out visibly, and its end says so."""
    blocks = list(blocks)
    said = _missing_words()
    letters = letters_for(
        "".join([about.title, about.foot, about.page_words, DRAWN, *(block.text for block in blocks)])
    )
    sheet = Sheet(about, letters)
    for block in [*blocks, *(said if letters.missing else ())]:
        sheet.put(block)
    return bytes(sheet.output())


def _missing_words() -> list[Block]:
    return [
        Heading(_("What is missing here")),
        Words(
            _(
                "This server has no font for some of the letters. %(sign)s stands in their place, and the pages of "
                "Bothways show them. Whoever runs the server can put a font that has them into the folder “fonts” of "
                "its data."
            )
            % {"sign": UNPRINTABLE}
        ),
    ]
