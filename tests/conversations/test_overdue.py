"""Questions of candidates whose day has passed: who is reminded when, and how often."""

import datetime as dt
from collections.abc import Callable

import pytest

from bothways.accounts.actions.members import change_lead, deactivate_member
from bothways.accounts.models import AuditEntry
from bothways.conversations.actions.overdue import remind_of_overdue, watch_inquiries
from bothways.conversations.actions.replies import answer_in_words
from bothways.conversations.models import Inquiry
from bothways.interviews.models import Interview
from bothways.notify.models import Message
from tests.factories import Cast
from tests.factories.asking import make_inquiry

At = Callable[..., None]
THURSDAY, FRIDAY = dt.date(2026, 11, 12), dt.date(2026, 11, 13)


@pytest.fixture
def asked(cast: Cast, waiting: Interview) -> Inquiry:
    """To be answered by Rafael, by a Thursday."""
    return make_inquiry(waiting, owner=cast.rafael, due=THURSDAY)


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="conversations.inquiry_overdue").order_by("created_at", "id"))


def told() -> list[str]:
    return [mail.to_name for mail in mails()]


def test_the_owner_the_morning_after_and_the_lead_a_working_day_later(cast: Cast, asked: Inquiry, at: At) -> None:
    change_lead(actor=cast.actor(cast.ada), member=cast.rafael, lead=cast.ines)
    at(12)
    watch_inquiries()
    at(13, hour=6)
    watch_inquiries()
    assert told() == []
    for day in (13, 13, 14, 15):
        at(day)
        watch_inquiries()
    assert told() == ["Rafael Moreno"]
    for day in (16, 16, 17, 27):
        at(day)
        watch_inquiries()
    assert told() == ["Rafael Moreno", "Inês Carvalho"]
    own, lead = mails()
    assert "/inquiries/?mine=1" in own.body_text and "Rafael Moreno answers for it" in own.body_text
    assert "http" not in lead.body_text, "a reviewer has no list of questions to open"
    for mail in (own, lead):
        assert "Dee" not in mail.body_text + mail.body_html + mail.subject and asked.words not in mail.body_text


def test_a_day_that_was_a_friday_waits_for_monday(cast: Cast, asked: Inquiry, at: At) -> None:
    Inquiry.objects.update(due=FRIDAY)
    at(14)
    watch_inquiries()
    assert told() == []
    at(16)
    watch_inquiries()
    assert told() == ["Rafael Moreno"]


def test_one_mail_about_all_of_an_owner_and_none_about_what_is_done(
    cast: Cast, asked: Inquiry, waiting: Interview, at: At
) -> None:
    make_inquiry(waiting, owner=cast.rafael, due=FRIDAY, words="And when?")
    make_inquiry(waiting, owner=cast.ada, due=FRIDAY, words="And where?")
    done = make_inquiry(waiting, owner=cast.ada, due=THURSDAY, words="And how?")
    answer_in_words(actor=cast.actor(cast.ada), inquiry=done, message="Like this.")
    at(17)
    watch_inquiries()
    subjects = {(mail.to_name, mail.subject) for mail in mails()}
    assert subjects == {
        ("Rafael Moreno", "2 questions of candidates wait past their day"),
        ("Ada Lindqvist", "1 question of a candidate waits past its day"),
        ("Ada Lindqvist", "2 questions of candidates wait past their day"),
    }, "Ada leads Rafael as the other owner, and nobody leads her"


def test_who_left_is_replaced_before_anybody_is_reminded(cast: Cast, asked: Inquiry, at: At) -> None:
    at(13)
    deactivate_member(actor=cast.actor(cast.ada), member=cast.rafael)
    watch_inquiries()
    assert told() == ["Ada Lindqvist"] and Inquiry.objects.get().owner == cast.ada
    assert AuditEntry.objects.filter(verb="inquiry.handed_over").count() == 1


def test_nobody_is_reminded_of_who_withdrew_or_of_another_organization(cast: Cast, asked: Inquiry, at: At) -> None:
    at(17)
    reminded = remind_of_overdue(organization=cast.organization, inquiries=[asked.id], days_after=1)
    again = remind_of_overdue(organization=cast.organization, inquiries=[asked.id], days_after=1)
    assert (reminded, again) == (1, 0)
    Interview.objects.update(state="withdrawn", withdrawn_at=dt.datetime(2026, 11, 16, tzinfo=dt.UTC))
    watch_inquiries()
    assert told() == ["Rafael Moreno"]
