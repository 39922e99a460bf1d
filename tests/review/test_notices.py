"""Who is told of a comment, when and in which words: once, never in quiet hours, nothing before the own ratings."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from bothways.accounts.models import AuditEntry, Member
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.notify.models import Message
from bothways.positions.models import StageReviewer
from bothways.review.actions.comments import Place, edit_comment, withdraw_comment, write_comment
from bothways.review.actions.notice_mails import send_due
from bothways.review.actions.notices import AT_ONCE_AFTER, change_notice_settings, mark_read
from bothways.review.models import Comment, ConflictOfInterest, Mention, Notice, NoticeSettings
from bothways.review.policies import may_read_comments
from bothways.review.queries.notices import news, news_count
from bothways.review.queries.talking import readable, talkers
from tests.factories import Cast, make_member, make_submitted_interview
from tests.factories.review import rate

TUESDAY = dt.datetime(2026, 3, 10, 10, tzinfo=dt.UTC)
"""In the middle of a working day; members of the cast live in UTC."""

SECRET = "Vervain flattened it"


@pytest.fixture(autouse=True)
def _it_is_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: TUESDAY)


def say(cast: Cast, member: Member, interview: Interview, words: str = SECRET, **more: Any) -> Comment:
    return write_comment(actor=cast.actor(member), interview=interview, words=words, client_key=uuid.uuid4(), **more)


def told(comment: Comment) -> dict[str, str]:
    return {notice.member.user.name: notice.kind for notice in comment.notices.select_related("member__user")}


def choose(cast: Cast, member: Member, **more: Any) -> None:
    wishes = {
        "mentioned": "at_once", "answered": "at_once", "rated": "daily", "quiet_from": dt.time(20),
        "quiet_until": dt.time(7), "quiet_on_free_days": True,
    }  # fmt: skip
    change_notice_settings(actor=cast.actor(member), member=member, **{**wishes, **more})


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="review.talk").order_by("created_at", "id"))


@pytest.fixture
def rated(cast: Cast, interview: Interview) -> Interview:
    """Bo and Inês have rated, so that all of them may talk."""
    rate(cast.bo, interview, (4, 3, 3, 3))
    rate(cast.ines, interview, (4, 3, 3, 3))
    return interview


def test_each_is_told_for_the_best_reason(cast: Cast, rated: Interview) -> None:
    top = say(cast, cast.bo, rated)
    assert told(top) == {cast.ines.user.name: "rated"}
    reply = say(cast, cast.rafael, rated, f"@{cast.ines.user.name} and @{cast.ada.user.name}", parent=top)
    assert told(reply) == {
        cast.bo.user.name: "answered", cast.ines.user.name: "mentioned", cast.ada.user.name: "mentioned"
    }  # fmt: skip
    assert {one.member_id for one in Mention.objects.all()} == {cast.ines.id, cast.ada.id}


def test_nobody_can_be_mentioned_who_will_never_read(cast: Cast, rated: Interview) -> None:
    outside = make_member(cast.organization, "Zoe Quill", "reviewer")
    comment = say(cast, cast.bo, rated, f"@{outside.user.name} @{cast.cleo.user.name} @{cast.bo.user.name}")
    assert not Mention.objects.exists() and told(comment) == {cast.ines.user.name: "rated"}


def test_a_name_that_fits_two_is_asked_back(cast: Cast, rated: Interview) -> None:
    make_member(cast.organization, "Rafael Quill", "recruiter")
    with pytest.raises(Refused, match="unclear") as refused:
        say(cast, cast.bo, rated, "@Rafael, listen")
    assert "Rafael Quill" in refused.value.words and cast.rafael.user.email in refused.value.words
    assert not Comment.objects.exists()
    assert told(say(cast, cast.bo, rated, "@Rafael Quill, listen"))["Rafael Quill"] == "mentioned"


def test_an_edit_tells_who_is_mentioned_now_and_no_longer_who_is_not(cast: Cast, rated: Interview) -> None:
    comment = say(cast, cast.bo, rated, f"@{cast.ada.user.name}")
    edit_comment(actor=cast.actor(cast.bo), comment=comment, words=f"@{cast.rafael.user.name} @{cast.ines.user.name}")
    assert told(comment) == {cast.rafael.user.name: "mentioned", cast.ines.user.name: "mentioned"}
    withdraw_comment(actor=cast.actor(cast.bo), comment=comment)
    assert not Notice.objects.exists() and not Mention.objects.exists()
    assert send_due(TUESDAY + dt.timedelta(days=9)) == 0


def test_a_mail_says_who_and_where_and_not_what(cast: Cast, rated: Interview) -> None:
    place = Place(cast.kit_version.questions.get(place=2).id)
    say(cast, cast.bo, rated, f"@{cast.ada.user.name} {SECRET}", place=place)
    say(cast, cast.ines, rated, f"@{cast.ada.user.name} {SECRET}")
    assert send_due(TUESDAY + dt.timedelta(minutes=1)) == 0
    assert send_due(TUESDAY + AT_ONCE_AFTER) == 1
    [mail] = mails()
    assert mail.to_email == cast.ada.user.email
    for part in (mail.body_text, mail.body_html):
        assert SECRET not in part and "Dee" not in part and "Okafor" not in part
        assert rated.code_name in part and cast.position.title in part
        assert f"Question 2: {cast.bo.user.name}" in part and f"as a whole: {cast.ines.user.name}" in part
        assert f"/team/{cast.organization.slug}/talk/{rated.id}/" in part
    assert send_due(TUESDAY + dt.timedelta(hours=1)) == 0


def test_who_has_still_to_rate_gets_a_hint_and_the_notice_after_handing_in(cast: Cast, interview: Interview) -> None:
    rate(cast.bo, interview, (1, 1, 1, 1))
    place = Place(cast.kit_version.questions.get(place=2).id)
    say(cast, cast.bo, interview, f"@{cast.ines.user.name} {SECRET}", place=place)
    assert send_due(TUESDAY + AT_ONCE_AFTER) == 1
    [hint] = mails()
    for part in (hint.subject, hint.body_text, hint.body_html):
        assert cast.bo.user.name not in part and SECRET not in part and "uestion 2" not in part
    assert "once your ratings are in" in hint.subject and interview.code_name in hint.body_text
    [line] = news(cast.actor(cast.ines))
    assert line.waits and line.notice is None and news_count(cast.actor(cast.ines)) == 1
    assert send_due(TUESDAY + dt.timedelta(days=9)) == 0
    choose(cast, cast.ines)
    assert send_due(TUESDAY + dt.timedelta(days=9)) == 0, "the hint comes once"
    rate(cast.ines, interview, (3, 3, 3, 3))
    assert send_due(TUESDAY + AT_ONCE_AFTER) == 1
    assert f"Question 2: {cast.bo.user.name}" in mails()[-1].body_text
    assert [line.waits for line in news(cast.actor(cast.ines))] == [False]


def test_quiet_hours_hold_also_where_the_worker_was_late(cast: Cast, rated: Interview) -> None:
    say(cast, cast.bo, rated, f"@{cast.ada.user.name}")
    night = TUESDAY.replace(hour=23)
    assert send_due(night) == 0 and not mails()
    assert send_due(night + dt.timedelta(hours=7, minutes=59)) == 0
    assert send_due(night + dt.timedelta(hours=8)) == 1


def test_quiet_hours_are_those_of_the_members_own_clock(cast: Cast, rated: Interview) -> None:
    cast.ada.user.time_zone = "Asia/Tokyo"
    cast.ada.user.save()
    say(cast, cast.bo, rated, f"@{cast.ada.user.name} @{cast.rafael.user.name}")
    tokyo = TUESDAY.replace(hour=22)
    assert Notice.objects.get(member=cast.rafael).due_at == TUESDAY + AT_ONCE_AFTER
    cast.ada.user.time_zone = "America/Lima"
    cast.ada.user.save()
    choose(cast, cast.ada)
    assert Notice.objects.get(member=cast.ada).due_at == TUESDAY.replace(hour=12), "07:00 in Lima"
    assert send_due(tokyo) == 1 and mails()[-1].to_email == cast.ada.user.email


def test_a_digest_is_one_mail_about_everybody(cast: Cast, rated: Interview) -> None:
    other = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    rate(cast.bo, other, (4, 3, 3, 3))
    rate(cast.ines, other, (4, 3, 3, 3))
    for interview in (rated, other, rated):
        say(cast, cast.bo, interview)
    assert send_due(TUESDAY + dt.timedelta(hours=12)) == 0
    assert send_due(TUESDAY + dt.timedelta(hours=22)) == 1
    [mail] = mails()
    assert mail.to_email == cast.ines.user.email
    assert mail.body_text.index(min(rated.code_name, other.code_name)) < mail.body_text.index(
        max(rated.code_name, other.code_name)
    )
    assert mail.body_text.count(cast.bo.user.name) == 2 and f"/{cast.organization.slug}/talk/" in mail.body_text


def test_what_is_read_in_time_is_not_mailed(cast: Cast, rated: Interview) -> None:
    first = say(cast, cast.bo, rated, f"@{cast.ada.user.name}")
    Comment.objects.filter(id=first.id).update(created_at=TUESDAY - dt.timedelta(hours=1))
    second = say(cast, cast.bo, rated, f"@{cast.ada.user.name} again")
    Comment.objects.filter(id=second.id).update(created_at=TUESDAY)
    read = {"actor": cast.actor(cast.ada), "interview": rated, "question": None}
    mark_read(**read, until=TUESDAY - dt.timedelta(minutes=30))
    mark_read(**read, until=TUESDAY - dt.timedelta(hours=2))
    assert news_count(cast.actor(cast.ada)) == 1
    mark_read(**read, until=TUESDAY)
    assert news_count(cast.actor(cast.ada)) == 0 and send_due(TUESDAY + dt.timedelta(hours=1)) == 0


def test_who_may_read_no_more_is_not_told(cast: Cast, rated: Interview) -> None:
    say(cast, cast.bo, rated, f"@{cast.ines.user.name} @{cast.ada.user.name}")
    StageReviewer.objects.filter(member=cast.ines).delete()
    Member.objects.filter(id=cast.ada.id).update(is_active=False)
    assert send_due(TUESDAY + dt.timedelta(hours=1)) == 0 and not mails()
    assert news(cast.actor(cast.ines)) == []


def test_settings_are_ones_own_and_plan_anew(cast: Cast, rated: Interview) -> None:
    say(cast, cast.bo, rated, f"@{cast.ada.user.name}")
    choose(cast, cast.ada, mentioned="never")
    choose(cast, cast.ines, rated="never")
    assert send_due(TUESDAY + dt.timedelta(days=9)) == 0 and news_count(cast.actor(cast.ada)) == 1
    choose(cast, cast.ada, mentioned="weekly")
    assert Notice.objects.get(member=cast.ada).due_at == dt.datetime(2026, 3, 16, 8, tzinfo=dt.UTC)
    assert AuditEntry.objects.filter(verb="member.notices_changed").count() == 3
    refused = (
        ({"mentioned": "hourly"}, "rhythm"),
        ({"rated": "at_once"}, "rhythm"),
        ({"quiet_from": dt.time(20, 5)}, "quarter"),
    )
    for wrong, code in refused:
        with pytest.raises(Refused, match=code):
            choose(cast, cast.ada, **wrong)
    for other in (cast.rafael, cast.cleo):
        with pytest.raises(NotAllowed):
            change_notice_settings(
                actor=cast.actor(other), member=cast.ada, mentioned="never", answered="never", rated="never",
                quiet_from=dt.time(0), quiet_until=dt.time(0), quiet_on_free_days=False,
            )  # fmt: skip
    assert NoticeSettings.objects.get(member=cast.ada).mentioned == "weekly"


def test_lists_go_by_the_same_rule_as_the_policy(cast: Cast, interview: Interview) -> None:
    """In one query for many: before and after each hands in, and for who knows the candidate."""
    ConflictOfInterest.objects.create(
        organization=cast.organization, candidate=interview.application.candidate, member=cast.rafael,
        flagged_by=cast.ada,
    )  # fmt: skip
    StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=cast.ada)
    for rater in (None, cast.ines, cast.ada):
        if rater:
            rate(rater, interview, (3, 3, 3, 3))
        who = [cast.ada, cast.rafael, cast.bo, cast.ines, cast.audrey, cast.cleo]
        may = {one.id for one in who if may_read_comments(cast.actor(one), interview)}
        assert {one.id for one in who if readable(cast.actor(one)).filter(id=interview.id).exists()} == may
        assert {one.member.id for one in talkers(interview) if not one.still_rates} == may
        assert {one.member.id for one in talkers(interview)} == {cast.ada.id, cast.bo.id, cast.ines.id, cast.audrey.id}


def test_reading_marks_are_for_readers(cast: Cast, interview: Interview) -> None:
    for member in (cast.bo, cast.cleo):
        with pytest.raises(NotAllowed):
            mark_read(actor=cast.actor(member), interview=interview, question=None, until=TUESDAY)


def test_lists_cost_the_same_for_any_number(cast: Cast, rated: Interview, django_assert_num_queries: Any) -> None:
    for _time in range(3):
        say(cast, cast.bo, rated, f"@{cast.ada.user.name}")
    with django_assert_num_queries(2):
        assert len(news(cast.actor(cast.ada))) == 3
    with django_assert_num_queries(2):
        assert news_count(cast.actor(cast.ada)) == 3
    with django_assert_num_queries(1):
        assert news_count(cast.actor(cast.audrey)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(cast: Cast, rated: Interview) -> None:
    say(cast, cast.bo, rated, f"@{cast.ada.user.name} @{cast.rafael.user.name}")
    start, sent = threading.Barrier(4), []

    def work() -> None:
        start.wait()
        sent.append(send_due(TUESDAY + dt.timedelta(hours=1)))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == 2
    assert sorted(mail.to_email for mail in mails()) == sorted([cast.ada.user.email, cast.rafael.user.email])
