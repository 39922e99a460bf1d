"""What made somebody stop, told with one tap or not at all."""

import pytest
from django.test import Client

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.erasure import erase_all
from bothways.interviews.actions.passages import open_question, tell_stop_reason
from bothways.interviews.actions.previews import start_preview
from bothways.interviews.actions.takes import choose_take
from bothways.interviews.models import Interview, Passage
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import Cast, make_interview
from tests.interviews.taking_part import actor_of, consented, question, recorded
from tests.web.candidate.conftest import Visitor, visitor
from tests.web.candidate.test_landing import text

PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
TABLET = "Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.mark.parametrize(
    ("agent", "device"),
    [(PHONE, "phone"), (IPHONE, "phone"), (TABLET, "tablet"), (DESKTOP, "desktop"), ("", "desktop")],
)
def test_of_a_device_only_its_class_is_kept_and_only_the_first_time(agreed: Visitor, agent: str, device: str):
    for name in (agent, DESKTOP):
        agreed.get("questions/1/", headers={"User-Agent": name})
    passage = Passage.objects.get()
    assert (passage.device, passage.mode, passage.question.place) == (device, "video", 1)
    assert agent == "" or agent not in str(list(Passage.objects.values()))


def test_who_comes_back_later_is_asked_once_and_need_not_say_it(agreed: Visitor):
    agreed.get("questions/2/")
    page = text(agreed.get("questions/?left=2"))
    assert "What made you stop at question 2?" in page and page.count('name="reason"') == 6
    assert "What made you stop" not in text(agreed.get("questions/"))
    told = agreed.post("questions/2/stopped/", {"reason": "unclear"}, follow=True)
    assert "Thank you. That helps to ask better." in text(told)
    assert Passage.objects.get().stop_reason == "unclear"
    assert "What made you stop" not in text(agreed.get("questions/?left=2"))


def test_nobody_is_asked_about_what_they_answered_or_never_opened(agreed: Visitor):
    agreed.get("questions/1/")
    recorded(agreed.interview)
    for place in ("1", "3", "99", "x", "-1", "٣"):
        assert "What made you stop" not in text(agreed.get(f"questions/?left={place}"))


def test_what_we_do_not_offer_is_refused_with_words(agreed: Visitor):
    agreed.get("questions/1/")
    assert agreed.post("questions/1/stopped/", {"reason": "x" * 50}).status_code == 409
    assert agreed.post("questions/1/stopped/").status_code == 409
    assert agreed.get("questions/1/stopped/").status_code == 405
    assert agreed.post("questions/4/stopped/", {"reason": "other"}).status_code == 302
    assert Passage.objects.get().stop_reason == ""


def test_who_withdraws_may_say_why_and_may_leave_it_out(agreed: Visitor, cast: Cast):
    assert 'name="reason"' not in text(agreed.get("withdraw/"))
    agreed.get("questions/1/")
    agreed.get("questions/3/")
    assert text(agreed.get("withdraw/")).count('type="radio"') == 6
    agreed.post("withdraw/", {"reason": "private"})
    told = dict(Passage.objects.values_list("question__place", "stop_reason"))
    assert told == {1: "", 3: "private"}
    silent = visitor(consented(make_interview(cast.stage, cast.kit_version, "Eve Silent")))
    silent.get("questions/1/")
    silent.post("withdraw/")
    assert Interview.objects.filter(state="withdrawn").count() == 2


def test_the_reason_is_nowhere_by_person(agreed: Visitor, cast: Cast):
    """Not in the audit log, and not on a page of the team about the person."""
    agreed.get("questions/1/")
    agreed.post("questions/1/stopped/", {"reason": "private"})
    assert not any("private" in str(entry.detail) for entry in AuditEntry.objects.all())
    client = Client()
    client.force_login(cast.rafael.user)
    person = f"/team/{cast.organization.slug}/positions/{cast.position.id}/people/{agreed.interview.id}/"
    page = client.get(person).content.decode()
    assert "I do not want to tell this" not in page and "private" not in page.lower().replace("privacy", "")


def test_takes_and_answers_are_counted_and_outlive_what_was_given(agreed: Visitor):
    agreed.get("questions/1/")
    agreed.get("questions/2/")
    first, second = recorded(agreed.interview), recorded(agreed.interview)
    choose_take(take=first, actor=actor_of(agreed.interview))
    passage = Passage.objects.get(question__place=1)
    at = passage.answered_at
    assert (passage.takes, passage.mode) == (2, "video") and at is not None
    choose_take(take=second, actor=actor_of(agreed.interview))
    agreed.post("questions/2/write/", {"text": "I rang her", "revision": 0, "keep": 1})
    passage.refresh_from_db()
    assert passage.answered_at == at
    assert Passage.objects.get(question__place=2).mode == "writing"
    agreed.post("withdraw/")
    erase_all(agreed.interview.id)
    assert list(Passage.objects.values_list("takes", "mode").order_by("question__place")) == [(2, ""), (0, "")]


def test_of_a_preview_nothing_is_kept(cast: Cast):
    preview = start_preview(actor=cast.actor(cast.rafael), version=cast.kit_version)
    interview = preview if isinstance(preview, Interview) else Interview.objects.get(is_preview=True)
    open_question(interview=interview, question=question(interview), device="phone", actor=actor_of(interview))
    assert not Passage.objects.exists()


def test_only_the_candidate_says_it(cast: Cast, agreed: Visitor):
    agreed.get("questions/1/")
    other = make_interview(cast.stage, cast.kit_version, "Eve Other")
    for actor in (cast.actor(cast.rafael), cast.actor(cast.cleo), actor_of(other)):
        with pytest.raises(NotAllowed):
            tell_stop_reason(interview=agreed.interview, reason="other", actor=actor)
    with pytest.raises(Refused, match="stop_reason"):
        tell_stop_reason(interview=agreed.interview, reason="", actor=actor_of(agreed.interview))
