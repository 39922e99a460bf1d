"""Where a card of the board may go, by which verb, and why not elsewhere. The verbs ask everything again."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview
from bothways.review.models import Outcome
from bothways.review.queries.answers_owed import owed_an_answer
from bothways.review.queries.board import Column, column_of
from bothways.review.queries.decisions import latest_decision, undecided
from bothways.review.queries.readiness import readiness, words
from bothways.review.queries.reversing import reversible


class Verb(StrEnum):
    """`DECIDE` with the outcome of the column; `REVERSE` takes back the decision that stands."""

    DECIDE = "decide"
    REVERSE = "reverse"


OUTCOMES = {Column.HELD: Outcome.HOLD, Column.ADVANCED: Outcome.ADVANCE, Column.DECLINED: Outcome.DECLINE}

REVIEWING = (Column.MINE, Column.TO_REVIEW, Column.REVIEWED)


@dataclass(frozen=True, slots=True)
class Move:
    """To one column: by which verb, or None and the words that say why not."""

    to: Column
    verb: Verb | None
    words: str = ""


def moves(actor: Actor, interview: Interview, *, may_decide: bool) -> tuple[Column, list[Move]]:
    """Where the card is, and every other column. `may_decide` is what the policy says of this viewer. Ten queries at
    most."""
    here = column_of(actor, interview)
    targets = [to for to in Column if to != here]
    general = _in_general(here, may_decide)
    if general:
        return here, [Move(to, None, general) for to in targets]
    back = _back(interview, here)
    found = []
    for to in targets:
        if to in OUTCOMES:
            found.append(_decide(interview, here, to))
        elif to in REVIEWING:
            found.append(_onto_reviewing(to, back))
        else:
            found.append(Move(to, None, _("What the candidate does brings people here, not a hand.")))
    return here, found


def _in_general(here: Column, may_decide: bool) -> str:
    if not may_decide:
        return _("Owners and recruiters decide.")
    if here == Column.ANSWERING:
        return _("There is nothing to decide before the answers are sent.")
    if here == Column.ENDED:
        return _("Nothing was sent that can be decided about.")
    if here == Column.MINE:
        return _("You rate in this step. Hand in your own scorecard first.")
    return ""


def _decide(interview: Interview, here: Column, to: Column) -> Move:
    if here in (Column.ADVANCED, Column.DECLINED):
        return Move(to, None, _("It is decided. Take the decision back first, onto the columns of reviewing."))
    if not undecided(interview.organization_id).filter(id=interview.id).exists():
        return Move(to, None, _("This person is no longer in the selection."))
    if to == Column.DECLINED:
        if rule := owed_an_answer([interview.id]).get(interview.id):
            return Move(to, None, rule)
        state = readiness(interview)
        if not state.is_met:
            return Move(to, None, words(state))
    return Move(to, Verb.DECIDE)


def _back(interview: Interview, here: Column) -> Move | None:
    """Taking back what stands, as it may be said to both columns of reviewing; None where nothing stands."""
    if here not in OUTCOMES:
        return None
    standing = latest_decision(interview)
    if standing is None:
        return None
    standing.interview = interview
    obstacle = reversible(standing).obstacle
    return Move(Column.TO_REVIEW, None if obstacle else Verb.REVERSE, obstacle)


def _onto_reviewing(to: Column, back: Move | None) -> Move:
    """Scorecards say whether somebody is reviewed; a decision that is taken back leads to where they say."""
    if back is None:
        return Move(to, None, _("Scorecards that are handed in bring people here, not a hand."))
    return Move(to, back.verb, back.words)
