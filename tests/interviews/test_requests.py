"""Asking for a person or a change, and what the team does with it."""

import datetime as dt
import re
import threading
from pathlib import Path

import pytest
import time_machine
from django.db import connection

import bothways
from bothways.accounts.models import AuditEntry, Role
from bothways.accounts.queries.audit import flaws
from bothways.conversations.actions.follow_up_letters import remind_candidate, tell_candidate_of_follow_up
from bothways.conversations.actions.inquiries import ask_in_words
from bothways.conversations.actions.letters import tell_of_feedback
from bothways.conversations.actions.promises import break_promises
from bothways.conversations.actions.replies import answer_in_words
from bothways.conversations.models import Feedback
from bothways.conversations.queries.promises import passed
from bothways.interviews.actions.erasure import erase_all
from bothways.interviews.actions.letters import send_letter
from bothways.interviews.actions.progress import submit, withdraw
from bothways.interviews.actions.receipt import send_receipt
from bothways.interviews.actions.request_letters import tell_candidate
from bothways.interviews.actions.request_reminders import remind_of_requests, remind_owner
from bothways.interviews.actions.requests import answer, ask, hand_over
from bothways.interviews.models import Interview, InterviewState, Request
from bothways.interviews.queries.requests import (
    Wanted,
    is_overdue,
    listed_requests,
    open_by_interview,
    open_requests,
    open_requests_of,
    owner_for,
    requests_of,
)
from bothways.lib.errors import NotAllowed, Refused
from bothways.live.actions.invitations import tell_candidate as tell_candidate_of_talk
from bothways.notify.actions.messages import with_links
from bothways.notify.models import Message
from bothways.review.actions.replies import send_reply
from bothways.review.models import Decision
from tests.factories import Cast, make_interview, make_member, make_request
from tests.factories.following import make_follow_up
from tests.factories.live import make_slot
from tests.interviews.taking_part import actor_of, answered, consented, preview_of

MONDAY = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def interview(cast) -> Interview:
    return make_interview(cast.stage, cast.kit_version, deadline=MONDAY + 7 * DAY)


@pytest.fixture
def ada(cast):
    return cast.actor(cast.ada)


def ask_for(interview, kind="person", **fields) -> Request:
    return ask(interview=interview, kind=kind, actor=actor_of(interview), **fields)


def refused(code, call, **fields):
    with pytest.raises(Refused) as caught:
        call(**fields)
    assert caught.value.code == code
    assert caught.value.words


def mails(word):
    return list(Message.objects.filter(kind=f"interviews.{word}").order_by("created_at"))


def travel(moment=MONDAY):
    return time_machine.travel(moment, tick=False)


def test_asking_needs_nothing_but_the_choice(cast, interview):
    with travel():
        asked = ask_for(interview)
    assert (asked.words, asked.phone) == ("", "")
    assert (asked.owner, asked.due) == (cast.ada, dt.date(2026, 3, 4))
    assert [entry.verb for entry in AuditEntry.objects.filter(thing_id=str(interview.id))] == ["request.asked"]
    assert list(flaws(cast.organization)) == []


@pytest.mark.parametrize(
    ("asked_on", "country", "due"),
    [
        (dt.datetime(2026, 3, 5, 23, 30, tzinfo=dt.UTC), "", dt.date(2026, 3, 10)),  # Friday already, in Lisbon's east
        (dt.datetime(2026, 3, 6, 12, tzinfo=dt.UTC), "", dt.date(2026, 3, 10)),
        (dt.datetime(2026, 4, 2, 12, tzinfo=dt.UTC), "DE", dt.date(2026, 4, 8)),  # over Easter
    ],
)
def test_the_day_of_the_answer_counts_working_days_of_the_organization(cast, interview, asked_on, country, due):
    cast.organization.time_zone, cast.organization.country = "Europe/Berlin", country
    cast.organization.save()
    with travel(asked_on):
        assert ask_for(interview).due == due


def test_the_candidate_reads_who_answers_until_when_and_that_the_clock_stands_still(cast, interview):
    with travel():
        ask_for(interview, "change", words="Evenings are better.")
    [mail] = mails("request_received")
    text, html = with_links(mail)
    assert mail.to_email == interview.application.candidate.email
    for words in ("Ada Lindqvist answers you by Wednesday 4 March", "stands still"):
        assert words in text and words in html
    assert "/talk/" in text and "/talk/?for=change" in text


def test_the_owner_is_told_without_a_word_of_what_was_written(cast, interview):
    with travel():
        asked = ask_for(interview, words="I stammer. May I ring?", phone="+351 21 555 01 42")
    [mail] = mails("request")
    assert mail.to_email == cast.ada.user.email
    assert f"/requests/{asked.id}/" in mail.body_text
    for kept in Message.objects.all():
        for private in ("stammer", "555 01 42"):
            assert private not in kept.subject + kept.body_text + kept.body_html
    assert "stammer" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_the_same_again_is_the_same_request(interview):
    first = ask_for(interview, words="Hello?")
    assert ask_for(interview, words="Hello? ") == first
    assert ask_for(interview, "change", words="Hello?") != first
    assert len(mails("request")) == 2


def test_three_a_day(interview):
    with travel() as traveller:
        for words in ("one", "two", "three"):
            ask_for(interview, words=words)
        refused("asked_often", ask, interview=interview, kind="person", words="four", actor=actor_of(interview))
        traveller.shift(DAY + dt.timedelta(seconds=1))
        ask_for(interview, words="four")


def test_a_preview_asks_nobody(cast):
    preview = preview_of(cast.kit_version)
    assert ask_for(preview) is None
    assert not Message.objects.exists() and not Request.objects.exists()
    preview.refresh_from_db()
    assert preview.clock_stopped_at is None


def test_nobody_asks_in_anothers_name(cast, interview):
    other = make_interview(cast.stage, cast.kit_version, "Zoe Else")
    for actor in (actor_of(other), cast.actor(cast.ada), cast.actor(cast.cleo)):
        with pytest.raises(NotAllowed):
            ask(interview=interview, kind="person", actor=actor)


def test_who_answers_is_somebody_who_may_know(cast, interview):
    assert owner_for(interview) == cast.ada
    cast.position.replies_by = cast.bo
    cast.position.save()
    interview.refresh_from_db()
    interview.invited_by = cast.rafael
    assert owner_for(interview) == cast.rafael
    interview.invited_by = cast.ines
    assert owner_for(interview) == cast.ada


def test_an_answer_goes_to_the_page_and_the_mail(cast, interview, ada):
    candidate = interview.application.candidate
    candidate.time_zone = "Asia/Tokyo"
    candidate.save()
    with travel() as traveller:
        asked = ask_for(interview)
        traveller.shift(DAY)
        talk_at = MONDAY + 3 * DAY
        answer(actor=ada, request=asked, message="I ring you on Thursday.", talk_at=talk_at)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.answered_by, asked.talk_at) == (MONDAY + DAY, cast.ada, talk_at)
    text, _html = with_links(mails("request_answered")[0])
    assert "I ring you on Thursday." in text
    assert "Thursday, 5 March, 18:30 Tokyo time" in text
    assert "Tuesday, 10 March, 18:30 Tokyo time" in text, "the day is added to the deadline"
    entry = AuditEntry.objects.get(verb="request.answered")
    assert entry.detail["stood_still_s"] == 24 * 3600
    assert "ring" not in str(entry.detail)


def test_more_days_come_on_top_of_the_time_that_stood_still(cast, interview, ada):
    with travel() as traveller:
        asked = ask_for(interview, "change")
        traveller.shift(2 * DAY)
        answer(actor=ada, request=asked, message="Take your time.", changed="more_days", days=5)
    interview.refresh_from_db()
    assert interview.deadline == dt.datetime(2026, 3, 16, 23, 59, tzinfo=dt.UTC)
    assert "You have 5 more days" in mails("request_answered")[0].body_text
    assert not mails("extended"), "one mail says it all"


def test_more_days_bring_an_expired_interview_back(interview, ada):
    Interview.objects.update(state=InterviewState.EXPIRED)
    interview.refresh_from_db()
    with travel(interview.deadline + 10 * DAY):
        asked = ask_for(interview, "change")
        answer(actor=ada, request=asked, message="Of course.", changed="more_days", days=3)
    interview.refresh_from_db()
    assert interview.state == InterviewState.INVITED
    assert interview.deadline > MONDAY + 17 * DAY


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("person", {"message": "  "}, "no_message"),
        ("change", {"message": "Yes."}, "nothing_chosen"),
        ("change", {"message": "Yes.", "changed": "everything"}, "nothing_chosen"),
        ("person", {"message": "Yes.", "changed": "more_days", "days": 3}, "nothing_chosen"),
        ("change", {"message": "Yes.", "changed": "more_days"}, "bad_days"),
        ("change", {"message": "Yes.", "changed": "more_days", "days": 61}, "bad_days"),
        ("person", {"message": "Yes.", "talk_at": MONDAY - DAY}, "bad_time"),
        ("person", {"message": "x" * 5001}, "too_long"),
    ],
)
def test_an_answer_that_does_not_answer_changes_nothing(interview, ada, kind, fields, code):
    with travel():
        asked = ask_for(interview, kind)
        refused(code, answer, actor=ada, request=asked, **fields)
    asked.refresh_from_db()
    interview.refresh_from_db()
    assert asked.is_open
    assert interview.clock_stopped_at == MONDAY
    assert not mails("request_answered")


def test_of_two_who_answer_one_does(cast, interview, ada):
    asked = ask_for(interview)
    answer(actor=cast.actor(cast.rafael), request=asked, message="Let us talk.")
    with pytest.raises(Refused, match="Rafael Moreno has answered this already"):
        answer(actor=ada, request=asked, message="Me too.")
    refused("answered", hand_over, actor=ada, request=asked, to=cast.rafael)
    assert len(mails("request_answered")) == 1


@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_who_only_rates_or_audits_or_is_a_stranger_answers_nothing(cast, interview, who):
    asked = ask_for(interview)
    actor = cast.actor(getattr(cast, who))
    with pytest.raises(NotAllowed):
        answer(actor=actor, request=asked, message="Yes.")
    with pytest.raises(NotAllowed):
        hand_over(actor=actor, request=asked, to=cast.rafael)
    asked.refresh_from_db()
    assert asked.is_open


def test_handing_over_tells_the_new_owner_and_keeps_the_day(cast, interview, ada):
    asked = ask_for(interview)
    handed = hand_over(actor=ada, request=asked, to=cast.rafael)
    assert (handed.owner, handed.due) == (cast.rafael, asked.due)
    [mail] = mails("request_handed_over")
    assert (mail.to_email, "Ada Lindqvist has handed this to you" in mail.body_text) == (cast.rafael.user.email, True)
    hand_over(actor=ada, request=asked, to=cast.rafael)
    assert len(mails("request_handed_over")) == 1
    refused("cannot_own", hand_over, actor=ada, request=asked, to=cast.bo)
    refused("cannot_own", hand_over, actor=ada, request=asked, to=cast.cleo)


def test_who_takes_part_no_more_waits_for_nobody(cast, interview, ada):
    asked = ask_for(interview)
    withdraw(interview=interview, actor=actor_of(interview))
    assert not open_requests(cast.organization).exists() and open_requests_of(ada).count() == 0
    refused("withdrawn", answer, actor=ada, request=asked, message="Yes.")
    with travel(MONDAY + 400 * DAY):
        assert remind_of_requests() == 0


def test_after_sending_one_may_still_ask_and_nothing_stops(cast, interview, ada):
    with travel():
        answered(consented(interview))
        submit(interview=interview, actor=actor_of(interview))
        interview.refresh_from_db()
        asked = ask_for(interview)
        interview.refresh_from_db()
        assert interview.clock_stopped_at is None
        assert "stands still" not in mails("request_received")[0].body_text
        answer(actor=ada, request=asked, message="Gladly.")
        assert "You can answer until" not in mails("request_answered")[0].body_text
        other = ask_for(interview, "change")
        refused("cannot_extend", answer, actor=ada, request=other, message="x", changed="more_days", days=3)


def test_the_owner_is_reminded_once_in_the_morning_before_the_day(cast, interview):
    with travel() as traveller:
        ask_for(interview)
        assert remind_of_requests() == 0
        traveller.move_to(dt.datetime(2026, 3, 3, 7, 59, tzinfo=dt.UTC))
        assert remind_of_requests() == 0
        traveller.shift(dt.timedelta(minutes=5))
        assert remind_of_requests() == 1
        assert remind_of_requests() == 0
    [mail] = mails("request_due")
    assert mail.to_email == cast.ada.user.email


def test_when_the_day_has_passed_the_owners_are_told_once(cast, interview, ada):
    second = make_member(cast.organization, "Olga Owner", Role.OWNER)
    with travel() as traveller:
        asked = ask_for(interview)
        hand_over(actor=ada, request=asked, to=cast.rafael)
        traveller.move_to(dt.datetime(2026, 3, 4, 23, tzinfo=dt.UTC))
        assert not is_overdue(Request.objects.get())
        remind_of_requests()
        traveller.move_to(dt.datetime(2026, 3, 5, 9, tzinfo=dt.UTC))
        assert is_overdue(Request.objects.get())
        assert remind_of_requests() == 1
        assert remind_of_requests() == 0
    told = {mail.to_email for mail in mails("request_overdue")}
    assert told == {cast.ada.user.email, second.user.email, cast.rafael.user.email}


def test_an_answered_request_reminds_nobody(interview, ada):
    with travel() as traveller:
        answer(actor=ada, request=ask_for(interview), message="Yes.")
        traveller.shift(30 * DAY)
        assert remind_of_requests() == 0


def test_who_has_left_is_replaced_before_the_reminder(cast, interview):
    with travel() as traveller:
        asked = ask_for(interview)
        Request.objects.update(owner=cast.rafael)
        cast.rafael.role = Role.REVIEWER
        cast.rafael.save()
        traveller.shift(DAY)
        assert remind_owner(request_id=asked.id)
        assert not remind_owner(request_id=asked.id)
    [mail] = mails("request_due")
    assert mail.to_email == cast.ada.user.email
    assert Request.objects.get().owner == cast.ada


def test_the_list_has_the_nearest_day_first(cast, interview, ada, django_assert_num_queries):
    later = make_interview(cast.stage, cast.kit_version, "Leila Later")
    with travel(MONDAY + DAY):
        second = ask_for(later)
    with travel():
        first = ask_for(interview)
    hand_over(actor=ada, request=second, to=cast.rafael)
    with django_assert_num_queries(1):
        found = listed_requests(cast.organization, Wanted())
        assert [(one.interview.application.candidate.name, one.owner.user.name) for one in found] == [
            ("Dee Okafor", "Ada Lindqvist"), ("Leila Later", "Rafael Moreno"),
        ]  # fmt: skip
    assert listed_requests(cast.organization, Wanted(owner=cast.rafael.id)) == [second]
    assert listed_requests(cast.organization, Wanted(answered=True)) == []
    assert listed_requests(cast.other_organization, Wanted()) == []
    assert open_by_interview(cast.organization, [interview.id]) == {interview.id: first}
    assert open_requests_of(ada).count() == 2 and open_requests_of(cast.actor(cast.cleo)).count() == 0
    answer(actor=ada, request=first, message="Yes.")
    assert listed_requests(cast.organization, Wanted(answered=True)) == [first]
    with django_assert_num_queries(1):
        [own] = requests_of(interview)
        assert (own.answered_by.user.name, own.organization) == ("Ada Lindqvist", cast.organization)


def test_what_was_written_goes_with_the_recordings(cast, interview):
    ask_for(interview, words="I stammer.", phone="+351 21 555 01 42")
    withdraw(interview=interview, actor=actor_of(interview))
    erase_all(interview.id)
    asked = Request.objects.get()
    assert (asked.words, asked.phone) == ("", "")


@pytest.mark.parametrize(
    "word", ["invitation", "reminder", "last_day", "extended", "your_page", "another_device", "receipt",
             "request_received", "request_answered", "review.reply", "conversations.promise_broken",
             "conversations.inquiry_answered", "conversations.feedback", "conversations.follow_up",
             "conversations.follow_up_reminder", "live.thanks", "live.talk_missed"],
)  # fmt: skip
def test_both_ways_stand_in_every_mail_to_a_candidate(cast, interview, ada, word):
    asked = make_request(interview)
    if word.startswith("request_answered"):
        answer(actor=ada, request=asked, message="Yes.")
    elif word.startswith("request"):
        tell_candidate(request=asked, word=word)
    elif word == "receipt":
        interview.reply_by = MONDAY.date()
        send_receipt(interview=interview)
    elif word == "live.thanks":
        interview.reply_by = MONDAY.date()
        send_receipt(interview=interview, kind="live.thanks")
    elif word == "live.talk_missed":
        tell_candidate_of_talk(make_slot(interview, cast.bo), "talk_missed", how="let_down")
    elif word == "review.reply":
        decision = Decision.objects.create(
            organization=cast.organization, interview=interview, outcome="decline", reason="x", decided_by=cast.ada,
            reply_subject="Our reply", reply_body="Dear Dee",
        )  # fmt: skip
        send_reply(actor=ada, decision=decision)
    elif word == "conversations.inquiry_answered":
        inquiry = ask_in_words(interview=interview, words="Who would I work with?", actor=actor_of(interview))
        answer_in_words(actor=ada, inquiry=inquiry, message="With Bo.")
    elif word == "conversations.feedback":
        tell_of_feedback(feedback=Feedback(organization=cast.organization, interview=interview, approved_by=cast.ada))
    elif word == "conversations.follow_up":
        tell_candidate_of_follow_up(follow_up=make_follow_up(interview, cast.bo))
    elif word == "conversations.follow_up_reminder":
        remind_candidate(follow_up=make_follow_up(interview, cast.bo))
    elif word == "conversations.promise_broken":
        Interview.objects.filter(id=interview.id).update(
            state=InterviewState.SUBMITTED, submitted_at=MONDAY, reply_by=dt.date(2020, 1, 3)
        )
        [due] = passed(cast.organization)
        break_promises(organization=cast.organization, due=due)
    else:
        send_letter(interview=interview, word=word)
    message = Message.objects.get(kind=word if "." in word else f"interviews.{word}")
    for body in with_links(message):
        assert "I would rather talk to a person" in body and "I need a change" in body
        assert re.search(r"http://\S+/i/[\w-]{43}/talk/[\s\"]", body)
        assert re.search(r"http://\S+/i/[\w-]{43}/talk/\?for=change[\s\"]", body)


def test_whoever_writes_a_mail_to_candidates_meets_this_list():
    """A new letter has to stand in the test above, or here with a reason."""
    folder = Path(bothways.__file__).parent / "templates" / "mail"
    kinds = {path.name.removesuffix(".subject.txt") for path in folder.glob("*/*.subject.txt")}
    to_the_team = {"member_invitation", "password_reset", "sign_in_link", "request", "request_handed_over",
                   "request_due", "request_overdue", "promise_near", "promise_broken_team", "inquiry",
                   "inquiry_handed_over", "inquiry_overdue", "follow_up_answered", "ratings_due", "talk",
                   "host_booked", "host_cancelled", "host_reminder", "host_asked",
                   "host_waited_for"}  # fmt: skip
    to_guests = {"share"}
    without_a_page = {"withdrawn"}
    to_candidates = {"invitation", "reminder", "last_day", "extended", "your_page", "another_device", "receipt",
                     "request_received", "request_answered", "reply", "promise_broken", "inquiry_answered",
                     "feedback", "follow_up", "follow_up_reminder", "talk_booked", "talk_cancelled", "talk_reminder",
                     "talk_missed", "thanks"}  # fmt: skip
    assert kinds == to_the_team | to_guests | without_a_page | to_candidates


def together(call, times=4):
    """Calls of several threads in the same moment; returns what came of each."""
    start, results = threading.Barrier(times), []

    def work(number):
        start.wait()
        try:
            results.append(call(number))
        except Refused as refused:
            results.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_pressed_several_times_at_once_is_asked_once():
    cast = Cast()
    interview = make_interview(cast.stage, cast.kit_version)
    results = together(lambda _number: ask_for(interview, "change", words="Hello?").id)
    assert len(set(results)) == 1
    assert Request.objects.count() == 1
    assert len(mails("request")) == len(mails("request_received")) == 1


@pytest.mark.needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_who_answer_at_once_one_does_and_the_clock_moves_once():
    cast = Cast()
    ada = cast.actor(cast.ada)
    with travel() as traveller:
        interview = make_interview(cast.stage, cast.kit_version, deadline=MONDAY + 7 * DAY)
        asked = ask_for(interview)
        traveller.shift(DAY)
        results = together(lambda number: answer(actor=ada, request=asked, message=f"Answer {number}").message)
    assert sorted(result == "answered" for result in results) == [False, True, True, True]
    assert Interview.objects.get().deadline == MONDAY + 8 * DAY
    assert len(mails("request_answered")) == 1


@pytest.mark.needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_reminder():
    cast = Cast()
    with travel() as traveller:
        asked = ask_for(make_interview(cast.stage, cast.kit_version))
        traveller.shift(DAY)
        assert sum(together(lambda _number: remind_owner(request_id=asked.id))) == 1
    assert len(mails("request_due")) == 1
