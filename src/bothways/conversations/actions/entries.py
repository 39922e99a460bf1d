"""What the audit log says about inquiries. Entries stand at the interview, whose history tells them."""

from typing import Any

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.models import Interview


def log(actor: Actor, interview: Interview, verb: str, **detail: Any) -> None:
    """What somebody wrote or said is never in it."""
    audit.record(organization=interview.organization, actor=actor, verb=verb, thing=interview, detail=detail)
