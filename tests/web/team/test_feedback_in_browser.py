"""Feedback in a real browser: axe, narrow screens, both themes and directions, and one after the other by keyboard."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from bothways.conversations.actions.feedback import approve_feedback
from bothways.conversations.models import Feedback
from bothways.conversations.queries.feedback_drafts import Text, feedback_draft
from bothways.kits.models import Competency
from bothways.review.actions.decisions import decide
from tests.factories import Cast, make_submitted_interview, make_token
from tests.factories.review import rate, watch
from tests.web.looking import Look

pytestmark = pytest.mark.needs_chromium

SIGHTS = [(360, "light", "en"), (1440, "dark", "ar")]
SHOTS = os.environ.get("BOTHWAYS_TEST_SHOTS", "")
LETTER = {"reply_subject": "Our answer", "reply_body": "Hello Dee,\n\nthank you for your four answers."}


@pytest.mark.parametrize(("width", "scheme", "language"), SIGHTS)
def test_the_pages_and_the_keys(look: Look, transactional_db: None, width: int, scheme: str, language: str) -> None:
    cast = Cast()
    cast.rafael.user.language = language
    cast.rafael.user.save()
    calm = Competency.objects.create(organization=cast.organization, name="Staying with bad news until it has landed")
    cast.kit_version.questions.filter(place=2).update(competency=calm, anchor_3="Says it plainly and stays.")
    names = ("Dee Okafor", "José Luis Fernández de la Vega Ruiz", "Kim Next")
    people = [make_submitted_interview(cast.stage, cast.kit_version, name) for name in names]
    for interview in people:
        watch(cast.bo, interview)
        for member in (cast.bo, cast.ines):
            rate(member, interview, (4, 3, 3, 5))
    with time_machine.travel(timezone.now() - dt.timedelta(hours=1)):
        for interview in people[:2]:
            decide(actor=cast.actor(cast.ada), interview=interview, outcome="advance", reason="Clear.", **LETTER)
    page = look.start(cast.rafael.user, width=width, scheme=scheme)
    slug = cast.organization.slug

    def shot(what: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(SHOTS) / f"feedback-{what}-{width}-{scheme}-{language}.png", full_page=True)

    look.check(page, reverse("team:feedback-list", args=[slug, cast.position.id]))
    shot("list")
    look.check(page, reverse("team:decisions-interview", args=[slug, people[1].id]))
    shot("decision")
    look.check(page, reverse("team:feedback-edit", args=[slug, people[0].id]) + "?onward=1")
    shot("edit")
    page.keyboard.type("You asked the tenant first.")
    page.locator('input[name="is_read"]').check()
    page.locator("textarea").first.focus()
    page.keyboard.press("Control+Enter")
    onward = reverse("team:feedback-edit", args=[slug, people[1].id]) + "?onward=1"
    expect(page).to_have_url(re.compile(re.escape(onward) + "$"), timeout=60_000)
    assert "You asked the tenant first." in Feedback.objects.get().words
    draft = feedback_draft(people[2], "Rafael Moreno")
    text = Text(draft.words.replace("[… ", "").replace(" …]", ""), draft.parts)
    approve_feedback(actor=cast.actor(cast.ada), interview=people[2], text=text, seen=0, is_read=True)
    look.check(page, f"/i/{make_token(people[0])}/")
    shot("candidate")
    page = look.start(cast.ada.user, width=width, scheme=scheme)
    look.check(page, reverse("team:settings-edit", args=[slug]))
    shot("settings")
