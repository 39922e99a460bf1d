"""The promise clock: who is reminded when, and what happens when a day passes without a reply."""

import datetime as dt
from collections.abc import Callable

import pytest

from bothways.accounts.actions.members import change_lead
from bothways.accounts.actors import member_actor, system_actor
from bothways.accounts.models import AuditEntry
from bothways.conversations.actions.promises import break_promises, watch_promises
from bothways.conversations.models import BrokenPromise, PromiseReminder
from bothways.conversations.queries import promises
from bothways.interviews.actions.invitations import invite
from bothways.interviews.models import Interview
from bothways.lib.errors import Refused
from bothways.notify.models import Message
from bothways.positions.actions.holding import hold_invitations, release_invitations
from bothways.positions.models import Position
from bothways.review.actions.decisions import decide
from tests.conversations.conftest import PROMISED, promised_to
from tests.factories import Cast
from tests.factories.review import watch

At = Callable[..., None]


def mails(kind: str) -> list[str]:
    """To whom mails of this kind went, in order."""
    return list(
        Message.objects.filter(kind=f"conversations.{kind}").order_by("created_at").values_list("to_name", flat=True)
    )


def answer(cast: Cast, interview: Interview, outcome: str = "decline") -> None:
    for member in (cast.bo, cast.ines):
        watch(member, interview)
    words = {"reply_subject": "Our answer", "reply_body": "Thank you.", "reason": "Two ratings."}
    decide(actor=member_actor(cast.ada), interview=interview, outcome=outcome, **words)


def test_the_owner_is_reminded_three_working_days_before_and_once(cast: Cast, waiting: Interview, at: At) -> None:
    at(16)
    watch_promises()
    assert mails("promise_near") == []
    at(17)
    watch_promises()
    watch_promises()
    assert mails("promise_near") == ["Ada Lindqvist"]
    mail = Message.objects.get(kind="conversations.promise_near")
    assert "1 person hears from you by" in mail.subject
    assert "Dee" not in mail.body_text + mail.body_html + mail.subject


def test_nobody_is_woken(cast: Cast, waiting: Interview, at: At) -> None:
    at(17, hour=5)
    watch_promises()
    assert mails("promise_near") == []


def test_on_the_last_working_day_the_lead_is_told_too(cast: Cast, waiting: Interview, at: At) -> None:
    Position.objects.update(replies_by=cast.rafael)
    change_lead(actor=member_actor(cast.ada), member=cast.rafael, lead=cast.ines)
    at(17)
    watch_promises()
    at(19)
    watch_promises()
    assert mails("promise_near") == ["Rafael Moreno", "Rafael Moreno", "Inês Carvalho"]


def test_without_a_lead_the_other_owners_are_told(cast: Cast, waiting: Interview, at: At) -> None:
    Position.objects.update(replies_by=cast.rafael)
    at(19)
    watch_promises()
    assert mails("promise_near") == ["Rafael Moreno", "Ada Lindqvist"]
    at(20)
    watch_promises()
    assert len(mails("promise_near")) == 2, "the last reminder stands for the first"


def test_weekends_and_holidays_are_no_working_days(cast: Cast, waiting: Interview, at: At) -> None:
    monday = promised_to(cast, "Kim Park", dt.date(2026, 11, 23))
    at(18)
    watch_promises()
    told = PromiseReminder.objects.filter(interview=monday)
    assert list(told.values_list("days_before", flat=True)) == [3], "Thursday, Friday and Monday are three"


def test_many_people_of_one_day_are_one_mail(cast: Cast, waiting: Interview, at: At) -> None:
    promised_to(cast, "Kim Park")
    at(17)
    watch_promises()
    assert [mail.subject for mail in Message.objects.filter(kind="conversations.promise_near")] == [
        "2 people hear from you by 20 November"
    ]


def test_who_has_heard_is_not_waited_for(cast: Cast, waiting: Interview, at: At) -> None:
    answer(cast, waiting)
    at(23)
    watch_promises()
    assert not mails("promise_near") and not BrokenPromise.objects.exists()


def test_to_be_on_hold_is_no_reply(cast: Cast, waiting: Interview, at: At) -> None:
    decide(actor=member_actor(cast.ada), interview=waiting, outcome="hold", reason="Later.")
    at(23)
    watch_promises()
    assert BrokenPromise.objects.get().interview == waiting


def test_a_broken_promise_is_said_with_a_new_day(cast: Cast, waiting: Interview, at: At) -> None:
    at(20, hour=23)
    watch_promises()
    assert not BrokenPromise.objects.exists(), "the promised day itself is in time"
    at(23)
    watch_promises()
    watch_promises()
    broken = BrokenPromise.objects.get()
    assert (broken.promised, broken.renewed) == (PROMISED, dt.date(2026, 11, 30))
    waiting.refresh_from_db()
    assert waiting.reply_by == broken.renewed
    mail = Message.objects.get(kind="conversations.promise_broken")
    assert mail.to_name == "Dee Okafor"
    assert "by Friday 20 November. You have not, and that is our fault" in mail.body_text
    assert "The new day is Monday 30 November" in mail.body_text
    assert mails("promise_broken_team") == ["Ada Lindqvist"]
    assert AuditEntry.objects.filter(verb="promise.broken").count() == 1


def test_the_new_day_is_a_promise_like_the_first(cast: Cast, waiting: Interview, at: At) -> None:
    at(23)
    watch_promises()
    at(27)
    watch_promises()
    assert len(mails("promise_near")) == 1
    with_new_month(cast)
    assert BrokenPromise.objects.filter(interview=waiting).count() == 2
    assert promises.kept(cast.position, cast.organization) == promises.Kept(due=1, kept=0), "a person counts once"


def with_new_month(cast: Cast) -> None:
    """The renewed day, 30 November, has passed too."""
    due = promises.Due(cast.position.id, dt.date(2026, 11, 30), tuple(Interview.objects.values_list("id", flat=True)))
    break_promises(organization=cast.organization, due=due)


def test_nobody_new_is_invited_until_all_have_heard(cast: Cast, waiting: Interview, at: At) -> None:
    other = promised_to(cast, "Kim Park")
    at(23)
    watch_promises()
    with pytest.raises(Refused) as refused:
        invite(actor=member_actor(cast.rafael), stage=cast.stage, name="New One", email="new@mail.test")
    assert refused.value.code == "promise_broken"
    answer(cast, waiting)
    watch_promises()
    cast.position.refresh_from_db()
    assert cast.position.invitations_held_at is not None
    answer(cast, other, "advance")
    watch_promises()
    cast.position.refresh_from_db()
    cast.stage.refresh_from_db()
    assert cast.position.invitations_held_at is None
    invite(actor=member_actor(cast.rafael), stage=cast.stage, name="New One", email="new@mail.test")


def test_an_owner_lets_people_in_before_that_with_a_reason(cast: Cast, waiting: Interview, at: At) -> None:
    hold_invitations(actor=system_actor(cast.organization.id), position=cast.position)
    for member, reason, code in (
        (cast.rafael, "We must.", "not_allowed"),
        (cast.cleo, "We must.", "not_allowed"),
        (cast.ada, "  ", "reason_missing"),
    ):
        with pytest.raises(Refused) as refused:
            release_invitations(actor=member_actor(member), position=cast.position, reason=reason)
        assert refused.value.code == code
    release_invitations(actor=member_actor(cast.ada), position=cast.position, reason="A fair is tomorrow.")
    cast.position.refresh_from_db()
    assert cast.position.invitations_held_at is None
    entry = AuditEntry.objects.get(verb="position.invitations_released")
    assert entry.detail["reason"] == "A fair is tomorrow."


def test_the_record_counts_by_the_first_promised_day(cast: Cast, waiting: Interview, at: At) -> None:
    assert promises.kept(cast.position, cast.organization) == promises.Kept(0, 0)
    late, early = promised_to(cast, "Late Reply"), promised_to(cast, "Early Reply", dt.date(2026, 12, 4))
    at(20, hour=23)
    answer(cast, waiting)
    assert promises.kept(cast.position, cast.organization) == promises.Kept(1, 1)
    at(21, hour=0)
    answer(cast, late)
    assert promises.kept(cast.position, cast.organization) == promises.Kept(2, 1), (
        "half past midnight is late, before anything ran"
    )
    answer(cast, early)
    assert promises.kept(cast.position, cast.organization) == promises.Kept(3, 2)


def test_another_organization_is_left_alone(cast: Cast, waiting: Interview, at: At) -> None:
    at(23)
    due = promises.Due(cast.position.id, PROMISED, (waiting.id,))
    with pytest.raises(Position.DoesNotExist):
        break_promises(organization=cast.other_organization, due=due)
    assert not BrokenPromise.objects.exists()


def test_the_sweep_asks_a_fixed_number_of_questions(
    cast: Cast, waiting: Interview, at: At, django_assert_max_num_queries
) -> None:
    for number in range(20):
        promised_to(cast, f"Person {number}", dt.date(2026, 12, 4))
    at(16)
    with django_assert_max_num_queries(6):
        watch_promises()


def test_a_lead_is_somebody_else_of_the_team(cast: Cast) -> None:
    for lead in (cast.rafael, cast.cleo):
        with pytest.raises(Refused) as refused:
            change_lead(actor=member_actor(cast.ada), member=cast.rafael, lead=lead)
        assert refused.value.code == "not_a_lead"
    with pytest.raises(Refused):
        change_lead(actor=member_actor(cast.rafael), member=cast.rafael, lead=cast.ada)
    change_lead(actor=member_actor(cast.ada), member=cast.rafael, lead=cast.ada)
    change_lead(actor=member_actor(cast.ada), member=cast.rafael, lead=None)
    assert AuditEntry.objects.filter(verb="member.lead_changed").count() == 2
