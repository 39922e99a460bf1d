"""What the rules find in a text without an outside service, and what they leave alone."""

import pytest

from bothways.interviews.models import MaskKind
from bothways.interviews.queries.mask_proposals import own_names, proposals


def found(text: str, language: str = "en") -> dict[str, str]:
    return {mask.words: mask.kind for mask in proposals([text], language)}


@pytest.mark.parametrize(
    ("text", "language", "words", "kind"),
    [
        ("I studied at the University of Wexbridge for three years.", "en", "Wexbridge", MaskKind.SCHOOL),
        ("And so Saint Orla College took me.", "en", "Saint Orla", MaskKind.SCHOOL),
        ("Ich war auf der Hochschule für Brunnau.", "de", "Brunnau", MaskKind.SCHOOL),
        ("I worked for Quarrel Homes as an adviser.", "en", "Quarrel Homes", MaskKind.EMPLOYER),
        ("Da war die Brunnau GmbH.", "de", "Brunnau", MaskKind.EMPLOYER),
        ("It was Mrs Aldous who rang.", "en", "Aldous", MaskKind.NAME),
        ("Hello, my name is Orla.", "en", "Orla", MaskKind.NAME),
        ("we asked Orla Finch about it", "en", "Orla Finch", MaskKind.NAME),
        ("I moved here from Portugal.", "en", "Portugal", MaskKind.PLACE),
        ("Ich komme aus Österreich.", "de", "Österreich", MaskKind.PLACE),
        ("That was in Lisbon.", "en", "Lisbon", MaskKind.PLACE),
        ("Write to orla@finch.test please", "en", "orla@finch.test", MaskKind.CONTACT),
        ("Ring 0117 496 0123 then", "en", "0117 496 0123", MaskKind.CONTACT),
    ],
)
def test_they_find(text, language, words, kind):
    assert found(text, language).get(words) == kind


def test_plain_words_are_left_alone():
    assert found("I rang her about the rent first. Then we made a plan together in 20 minutes.") == {}
    assert found("Dann habe ich den Plan mit der Mieterin gemacht.", "de") == {}


def test_the_own_name_in_all_its_parts():
    keys = {mask.key for mask in own_names("Zoë Nowak-Díaz", "zoe.n.diaz77@x.test")}
    assert keys == {"zoe", "nowak", "diaz"}
