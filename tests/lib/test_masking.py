"""Words that are hidden wherever they stand, however they are written or bent."""

import pytest

from bothways.lib.masking import Mask, hide

SIGNS = {"name": "⟦name⟧", "school": "⟦school⟧"}
MASKS = [Mask("Zoë", "name"), Mask("Nowak", "name"), Mask("Leeds", "school"), Mask("Leeds Art School", "school")]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("My name is Zoë Nowak.", "My name is ⟦name⟧."),
        ("zoe NOWAK", "⟦name⟧"),
        ("Zoë’s and Nowak's plan", "⟦name⟧ and ⟦name⟧ plan"),
        ("I told Nowakowi", "I told ⟦name⟧"),
        ("Leeds Art School is in Leeds, not Leedsburg.", "⟦school⟧ is in ⟦school⟧, not Leedsburg."),
        ("Zoë, then Nowak", "⟦name⟧, then ⟦name⟧"),
        ("Zoologist", "Zoologist"),
        ("", ""),
    ],
)
def test_they_are_hidden(text, read):
    assert hide(text, MASKS, SIGNS) == read


def test_a_mask_of_no_word_hides_nothing():
    assert hide("a - b", [Mask("-", "name"), Mask("", "name")], SIGNS) == "a - b"
    assert Mask("O’Neill-Díaz", "name").key == "o'neill diaz"
