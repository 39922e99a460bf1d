"""Mails to a candidate about their interview. Each carries a personal link of its own."""

from bothways.interviews.actions.tokens import issue_link
from bothways.interviews.models import Interview
from bothways.interviews.queries.letters import StageFacts, letter_context, stage_facts, zone_of
from bothways.interviews.queries.window import extensions_left, open_until
from bothways.notify.actions.messages import send_message
from bothways.notify.models import Message


def send_letter(*, interview: Interview, word: str, facts: StageFacts | None = None) -> Message:
    """Mail `interviews.<word>` to the candidate, in their language and zone, with a fresh link.

    Belongs into the transaction of the verb that has a reason for it. Give `facts` where they are known already.
    """
    stage = interview.stage
    candidate = interview.application.candidate
    return send_message(
        organization=interview.organization,
        kind=f"interviews.{word}",
        to_email=candidate.email,
        to_name=candidate.name,
        language=interview.language,
        context={
            "interview": interview,
            **letter_context(
                facts or stage_facts(stage, interview.kit_version),
                deadline=open_until(interview),
                language=interview.language,
                zone=zone_of(interview),
                extensions_left=extensions_left(interview),
                kind=interview.kind,
            ),
        },
        links=links_to(issue_link(interview=interview, purpose=word)),
        about=interview,
    )


def links_to(page: str) -> dict[str, str]:
    """The secret addresses in a letter: the candidate's page, and from there the ways to a person and to a change."""
    return {"link": page, "talk": f"{page}talk/", "change": f"{page}talk/?for=change"}
