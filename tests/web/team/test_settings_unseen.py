"""What raters get never tells which settings a candidate used: not the pages, not their JSON, not the exports."""

import datetime as dt
import re

import time_machine
from django.db import transaction
from django.test import Client

from bothways.interviews.actions.consent import agree, current_text
from bothways.interviews.actions.passages import open_question
from bothways.interviews.actions.progress import mark_opened, submit
from bothways.interviews.actions.settings import change_settings
from bothways.interviews.models import Interview
from bothways.review.actions.question_figures import make_question_figures
from tests.factories import Cast, make_interview
from tests.factories.review import rate
from tests.interviews.taking_part import actor_of, answered

NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)

EACH = [
    *({"mode": mode} for mode in ("audio", "sign", "writing")),
    *({"answer_time": time} for time in ("half_more", "double", "unlimited")),
    *({"picture": picture} for picture in ("on", "off")),
    *({"timer": timer} for timer in ("digits", "none")),
    {"captions": False},
    {"breaks": True},
    {"mode": "sign", "answer_time": "unlimited", "picture": "off", "timer": "none", "captions": False, "breaks": True},
]
UNLIKE = [
    (re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"), "ID"),
    (re.compile(r"/d/[\w:.-]+"), "/d/ADDRESS"),
    (re.compile(r'(csrfmiddlewaretoken" value=|csrf_token": |X-CSRFToken": )"\w+"'), "TOKEN"),
    (re.compile(r"(csrftoken|sessionid)=\w+"), "COOKIE"),
    (re.compile(r"Heron \d+"), "CODE NAME"),
    # As many digits as the numbers above happen to have.
    (re.compile(r"'Content-Length': '\d+'"), "LENGTH"),
    (re.compile(r"dee\.\d+@example\.net"), "MAIL"),
]


def masked(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found = f"{answer.status_code}\n{answer.headers}\n{body.decode()}"
    for pattern, word in UNLIKE:
        found = pattern.sub(word, found)
    return found


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def interview_with(cast: Cast, settings: dict) -> Interview:
    """From the invitation to the sent answers, by the candidate's own verbs."""
    interview = make_interview(cast.stage, cast.kit_version)
    actor = actor_of(interview)
    mark_opened(interview=interview, actor=actor)
    agree(interview=interview, text_id=current_text(interview).id, actor=actor)
    change_settings(interview=interview, actor=actor, **settings)
    interview.refresh_from_db()
    for question in cast.kit_version.questions.all():
        open_question(interview=interview, question=question, device="phone", actor=actor)
    answered(interview)
    submit(interview=interview, actor=actor)
    return Interview.objects.select_related("stage").get(id=interview.id)


def told(cast: Cast, settings: dict) -> dict[str, str]:
    """Everything that those who rate and recruit get about such an interview; then it never happened."""
    with time_machine.travel(NOON, tick=False), transaction.atomic():
        interview = interview_with(cast, settings)
        bo, rafael = signed_in(cast.bo), signed_in(cast.rafael)
        room = [f"review/{interview.id}/{rest}/" for rest in (1, 2, 3, 4, "overall")]
        side = f"compare/{cast.stage.id}/side/?with={interview.id}"
        comparing = [f"compare/{cast.stage.id}/", *(f"{side}&question={place}" for place in (1, 2, 3, 4))]
        people = f"positions/{cast.position.id}/"
        bodies = asked(cast, bo, ["review/", *room, *comparing], "before rating")
        bodies |= answers_of(cast, bo, interview)
        rate(cast.ines, interview, (4, 4, 4, 4))
        rate(cast.bo, interview, (3, 3, 3, 3))
        bodies |= asked(cast, bo, ["review/", *room, *comparing], "after rating")
        progress = [f"{people}progress/", f"{people}progress.csv", f"kits/{cast.kit_version.kit_id}/"]
        recruiting = [
            people,
            f"{people}people.csv",
            *progress,
            "decisions/",
            f"decisions/{interview.id}/",
            room[0],
            *comparing,
        ]
        make_question_figures(kit_id=cast.kit_version.kit_id)
        bodies |= asked(cast, rafael, recruiting, "recruiting")
        transaction.set_rollback(True)
    return bodies


def asked(cast: Cast, client: Client, pages: list[str], when: str) -> dict[str, str]:
    return {f"{page} {when}": masked(client.get(f"/team/{cast.organization.slug}/{page}")) for page in pages}


def answers_of(cast: Cast, client: Client, interview: Interview) -> dict[str, str]:
    found = {}
    for answer in interview.answers.order_by("question__place"):
        address = f"/team/{cast.organization.slug}/review/answers/{answer.id}"
        found[f"media {answer.question.place}"] = masked(client.get(f"{address}/media/"))
        found[f"opened {answer.question.place}"] = masked(client.post(f"{address}/opened/"))
        body = {"spans": [[0, 500]]}
        played = client.post(f"{address}/played/", body, content_type="application/json")
        found[f"played {answer.question.place}"] = masked(played)
    return found


def test_the_same_answers_look_the_same_under_every_setting(cast: Cast):
    plain = told(cast, {})
    assert len(plain) == 47
    assert {page: body[:80] for page, body in plain.items() if not body.startswith("200")} == {}
    for settings in EACH:
        for (page, body), same in zip(plain.items(), told(cast, settings).values(), strict=True):
            assert body == same, (settings, page)
