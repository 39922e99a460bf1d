"""Where a reply begins: a letter with blanks that a person has to fill."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from bothways.interviews.models import Interview
from bothways.interviews.queries.promise import promised_day
from bothways.review.models import Decision, Outcome

BLANK = re.compile(r"\[…[^\[\]]*…\]")
"""What must be replaced by a person's own words. The marks are the same in every language."""

NAME = "[name]"
"""Becomes the candidate's name when the letter is sent, so that who decides blindly can write it before."""


@dataclass(frozen=True, slots=True)
class Draft:
    subject: str
    body: str


def reply_draft(interview: Interview, outcome: str, writer: str) -> Draft | None:
    """The letter to begin with, in the candidate's language; None for an outcome that is not told by mail."""
    words = {
        "name": NAME,
        "position": interview.position.title,
        "organization": interview.organization.name,
        "writer": writer,
    }
    with translation.override(interview.language):
        if outcome == Outcome.ADVANCE:
            return Draft(_("%(position)s: we would like to go on with you") % words, _advance() % words)
        if outcome == Outcome.DECLINE:
            return Draft(_("%(position)s: our answer to you") % words, _decline() % words)
    return None


def change_draft(interview: Interview, decision: Decision, later: Sequence[Interview], writer: str) -> Draft:
    """The letter that takes a decision back: what we said and when, that it changed, and what happens now."""
    with translation.override(interview.language):
        words = {
            "name": NAME,
            "position": interview.position.title,
            "organization": interview.organization.name,
            "writer": writer,
            "told": date_format(decision.replied_at or decision.created_at, "DATE_FORMAT"),
            "day": date_format(promised_day(interview), "DATE_FORMAT"),
            "stages": _(", ").join(f"“{one.stage.name}”" for one in later),
        }
        said = _said_advance() if decision.outcome == Outcome.ADVANCE else _said_decline()
        parts = [said, _changed()]
        if later:
            parts.append(_("Your invitation to %(stages)s no longer counts. You need to do nothing there."))
        body = "\n\n".join([*parts, _what_now()]) % words
        return Draft(_("%(position)s: we have changed our decision") % words, body)


def blanks_left(text: str) -> list[str]:
    """The blanks that nobody has filled yet."""
    return BLANK.findall(text)


def _advance() -> str:
    return _(
        "Hello %(name)s,\n\n"
        "thank you for your answers. We have watched them and would like to go on with you.\n\n"
        "What convinced us: [… one or two things from the answers …]\n\n"
        "What happens next: [… what, when and with whom …]\n\n"
        "%(writer)s, %(organization)s"
    )


def _decline() -> str:
    return _(
        "Hello %(name)s,\n\n"
        "thank you for your answers and for the time you took. We have watched all of them. "
        "We have decided to go on with other people for %(position)s.\n\n"
        "What was good: [… one thing from the answers …]\n\n"
        "What would have helped: [… one thing, measured by what we looked for …]\n\n"
        "We wish you well.\n\n"
        "%(writer)s, %(organization)s"
    )


def _said_advance() -> str:
    return _(
        "Hello %(name)s,\n\n"
        "on %(told)s we told you that we would like to go on with you. We have changed our decision: it is open again. "
        "I am sorry for telling you one thing and then another."
    )


def _said_decline() -> str:
    return _(
        "Hello %(name)s,\n\n"
        "on %(told)s we told you that we had decided to go on with other people. We have changed our decision: it is "
        "open again. I am sorry for telling you one thing and then another."
    )


def _changed() -> str:
    return _("Why it changed: [… what happened, in plain words …]")


def _what_now() -> str:
    return _("What happens now: [… what, and with whom …] You hear from us by %(day)s.\n\n%(writer)s, %(organization)s")
