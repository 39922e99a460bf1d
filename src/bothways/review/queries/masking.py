"""Which words are masked for one member in one interview: wherever it is shown what was said or written."""

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.interviews.queries.hidden_words import checked_masks, hidden_words_of, masks_now, texts_of
from bothways.lib.masking import Mask
from bothways.review.queries.identity import hides_words


def masks_for(actor: Actor, interview: Interview) -> list[Mask] | None:
    """None where this member reads all as it is. Before anybody has checked, who recruits reads it with what is
    proposed. No query where the stage hides no words."""
    if not hides_words(interview, actor.id):
        return None
    checked = checked_masks(interview)
    return masks_now(interview, hidden_words_of(interview), texts_of(interview)) if checked is None else checked


def are_files_open(interview: Interview) -> bool:
    """Whether somebody has released the files of an interview in which words are hidden. One query."""
    found = hidden_words_of(interview)
    return found is not None and found.files_released_at is not None
