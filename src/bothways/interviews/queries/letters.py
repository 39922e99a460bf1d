"""What the mails to a candidate say: the facts that an invitation must name before it asks for anything."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from bothways.interviews.models import OWN_EXTENSIONS, Interview, InterviewKind
from bothways.interviews.queries.watchers import stage_watchers
from bothways.kits.models import KitVersion
from bothways.kits.queries.minutes import candidate_minutes
from bothways.kits.queries.versions import questions_of
from bothways.lib.working_days import add_working_days
from bothways.lib.zones import zone_words
from bothways.positions.models import Stage


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What is the same for everybody who is invited to a stage with one kit version.

    `minutes` is the most a candidate needs; `asker` writes the letter: who welcomes in the kit, else who answers for
    the reply.
    """

    stage: Stage
    question_count: int
    minutes: int
    asker: str
    asker_title: str
    watchers: tuple[str, ...]


def stage_facts(stage: Stage, version: KitVersion) -> StageFacts:
    """The facts of a stage, for one letter or for ten thousand. Four queries."""
    questions = list(questions_of(version))
    asker = version.welcome_by or stage.position.replies_by
    return StageFacts(
        stage=stage,
        question_count=len(questions),
        minutes=candidate_minutes(version, questions).minutes,
        asker=asker.user.name,
        asker_title=asker.title,
        watchers=tuple(watcher.name for watcher in stage_watchers(stage)),
    )


def letter_context(
    facts: StageFacts,
    *,
    deadline: dt.datetime,
    language: str,
    zone: str,
    extensions_left: int = OWN_EXTENSIONS,
    kind: str = "",
) -> dict[str, Any]:
    """The variables of every mail about an interview. Times are in `zone`, which the mail names. `kind` is that of the
    interview, where it may be another than its stage's.
    """
    organization = facts.stage.organization
    return {
        "position": facts.stage.position,
        "facts": facts,
        "is_live": (kind or facts.stage.kind) == InterviewKind.LIVE,
        "deadline": deadline,
        "extensions_left": extensions_left,
        "zone": zone,
        "zone_words": zone_words(zone, language),
        "reply_by": latest_reply(facts.stage, deadline, zone),
        "real_url": settings.BASE_URL + reverse("public:real"),
        "contact_email": organization.contact_email,
    }


def latest_reply(stage: Stage, deadline: dt.datetime, zone: str) -> dt.date:
    """The last day on which somebody hears who sends answers in the last minute."""
    return add_working_days(deadline.astimezone(ZoneInfo(zone)).date(), stage.reply_days, stage.organization.country)


def zone_of(interview: Interview) -> str:
    """The candidate's zone as their browser told it, else the organization's."""
    own = interview.application.candidate.time_zone if interview.application else ""
    return own or interview.organization.time_zone
