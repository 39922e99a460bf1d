"""What a share shows of whom: several interviews, chosen questions, the name; changed, renewed, mailed, raced for."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from bothways.accounts.models import AuditEntry
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Rendition
from bothways.notify.actions.messages import with_links
from bothways.notify.models import Message
from bothways.review.actions.decisions import reveal_name
from bothways.review.actions.share_views import open_interview, view_share
from bothways.review.actions.shares import Shown, change_share, make_share, renew_share, revoke_share
from bothways.review.models import Coverage, NameShown, Share
from bothways.review.policies import may_watch_shared
from bothways.review.queries.readiness import readiness
from bothways.review.queries.receipts import watched_by
from bothways.review.queries.shared_answers import shared
from bothways.review.queries.shares import name_for_guest, share_of_token, shares_of, shown_interviews
from tests.factories import Cast, make_kit_version, make_stage, make_submitted_interview
from tests.factories.review import make_shared, rate

ANSWERS = Shown(answers=True)


@pytest.fixture
def other(cast, interview):
    return make_submitted_interview(cast.stage, cast.kit_version, "Kim Park Other")


def file_of(interview, place=1):
    """As it plays; whether its bytes are there is not asked."""
    return Rendition(recording=interview.answers.get(question__place=place).chosen_take.recording, kind="playable")


def change(cast, share, *interviews, member=None, **changed):
    fields = {"shown": ANSWERS, "most_views": 5, **changed}
    ids = [interview.id for interview in interviews]
    return change_share(actor=cast.actor(member or cast.rafael), share=share, interviews=ids, **fields)


def test_several_interviews_and_some_questions(cast, interview, other):
    third = make_submitted_interview(cast.stage, cast.kit_version, "Lou Third")
    share, _token = make_shared(cast.ada, interview, others=(other,), places=(3, 1, 1))
    assert view_share(share=share) and share.places == [1, 3]
    assert {row.interview_id for row in shown_interviews(share)} == {interview.id, other.id}
    for one in (interview, other):
        assert [answer.question.place for answer in shared(share, one.id).answers] == [1, 3]
        assert [may_watch_shared(share.id, file_of(one, place)) for place in (1, 2, 3, 4)] == [True, False] * 2
    assert not may_watch_shared(share.id, file_of(third))


def test_of_some_questions_no_mean_of_all_is_told(cast, interview):
    rate(cast.bo, interview, (5, 1, 1, 1))
    share, _token = make_shared(cast.ada, interview, "scorecards", "notes", places=(1,))
    content = shared(share, interview.id)
    assert content.overall is None and content.scorecards == ()
    assert [one.cell.mean for one in content.answers] == [5]


def test_a_link_is_for_people_who_were_asked_the_same(cast, interview, other):
    version = make_kit_version(cast.ada)
    elsewhere = make_submitted_interview(make_stage(cast.position, version, (cast.bo,)), version, "Pat Later")
    for wrong in ([], [interview, elsewhere]):
        with pytest.raises(Refused) as refused:
            make_share(
                actor=cast.actor(cast.ada),
                interviews=wrong,
                recipient="Sam",
                shown=ANSWERS,
                days=1,
                most_views=1,
                is_involved=True,
            )
        assert refused.value.code == "interviews"
    with pytest.raises(NotAllowed):
        make_shared(cast.cleo, interview, others=(other,))


@pytest.mark.parametrize(("shown", "name"), [("none", None), ("first", "Kim"), ("whole", "Kim Park Other")])
def test_what_stands_for_the_name(cast, other, shown, name):
    reveal_name(actor=cast.actor(cast.rafael), interview=other)
    share, _token = make_shared(cast.rafael, other, name=shown)
    assert name_for_guest(share, other) == shared(share, other.id).who == (name or other.code_name)


def test_nobody_shows_a_name_of_several_while_one_is_hidden_from_them(cast, interview, other):
    reveal_name(actor=cast.actor(cast.rafael), interview=interview)
    with pytest.raises(Refused) as refused:
        make_shared(cast.rafael, interview, others=(other,), name="first")
    assert refused.value.code == "name_hidden"


def test_narrowing_works_at_once_and_forgets_nothing(cast, interview, other):
    share, _token = make_shared(cast.rafael, interview, others=(other,))
    view_share(share=share)
    for row in shown_interviews(share):
        open_interview(share=share, row=row)
    share = change(cast, share, interview, places=[2])
    assert [row.interview for row in shown_interviews(share)] == [interview]
    assert not may_watch_shared(share.id, file_of(other, 2))
    assert not may_watch_shared(share.id, file_of(interview, 1)) and may_watch_shared(share.id, file_of(interview, 2))
    assert [one.name for one in watched_by(other) if one.is_guest] == ["Sam Guest"]
    share = change(cast, share, interview, other)
    assert may_watch_shared(share.id, file_of(other, 1)), "what was taken out can come back"
    last = AuditEntry.objects.filter(verb="share.changed").order_by("sequence").last()
    assert last.detail["interviews"] == sorted([str(interview.id), str(other.id)])


def test_answers_that_are_taken_out_play_no_more(cast, interview):
    rate(cast.bo, interview, (4, 3, 2, 0))
    share, _token = make_shared(cast.ada, interview, "answers", "scorecards")
    view_share(share=share)
    change(cast, share, interview, shown=Shown(scorecards=True))
    assert not may_watch_shared(share.id, file_of(interview))


def test_a_link_is_kept_open_longer(cast, interview):
    share, _token = make_shared(cast.rafael, interview, days=1, most_views=1)
    view_share(share=share)
    assert shares_of(cast.organization).get().state == "used_up"
    changed = change(cast, share, interview, days=5, most_views=2)
    assert changed.expires_at > share.expires_at and shares_of(cast.organization).get().state == "open"
    view_share(share=share)
    for code, wrong in (("views", {"most_views": 1}), ("days", {"days": 31}), ("nothing_shown", {"shown": Shown()})):
        with pytest.raises(Refused) as refused:
            change(cast, share, interview, **wrong)
        assert refused.value.code == code
    with pytest.raises(Refused):
        change(cast, share)


def test_who_changes_a_link_shows_no_more_than_they_see(cast, interview, other):
    for one in (interview, other):
        reveal_name(actor=cast.actor(cast.rafael), interview=one)
    share, _token = make_shared(cast.rafael, interview, others=(other,), name="first")
    first, whole = (Shown(answers=True, name=name) for name in (NameShown.FIRST, NameShown.WHOLE))
    change(cast, share, interview, shown=first, member=cast.ada)
    with pytest.raises(Refused) as refused:
        change(cast, share, interview, shown=whole, member=cast.ada)
    assert refused.value.code == "name_hidden"
    with pytest.raises(Refused):
        change(cast, share, interview, other, shown=first, member=cast.ada)
    assert change(cast, share, interview, other, shown=whole).name_shown == "whole"


@pytest.mark.parametrize("who", ["bo", "audrey", "cleo"])
def test_others_change_renew_and_close_nothing(cast, interview, who):
    share, token = make_shared(cast.ada, interview)
    member = getattr(cast, who)
    for do in (
        lambda: change(cast, share, interview, member=member),
        lambda: renew_share(actor=cast.actor(member), share=share, mails=False),
        lambda: revoke_share(actor=cast.actor(member), share=share),
    ):
        with pytest.raises(NotAllowed):
            do()
    assert share_of_token(token).revoked_at is None


def test_what_was_closed_stays_closed(cast, interview):
    share, _token = make_shared(cast.ada, interview)
    revoke_share(actor=cast.actor(cast.ada), share=share)
    for do in (
        lambda: change(cast, share, interview, days=7),
        lambda: renew_share(actor=cast.actor(cast.ada), share=share, mails=False),
    ):
        with pytest.raises(Refused) as refused:
            do()
        assert refused.value.code == "revoked"


def test_the_mail_has_the_link_and_says_nothing_about_anybody(cast, interview, other):
    share, token = make_shared(cast.rafael, interview, others=(other,), email=" Sam@Example.org ")
    message = Message.objects.get(kind="review.share")
    assert (message.to_email, message.to_name) == ("sam@example.org", "Sam Guest")
    told = f"{message.subject} {message.body_text} {message.body_html}"
    assert token not in told and "2 interviews" in told and "5 times" in told
    for hidden in (interview.code_name, other.code_name, "Dee", "Kim"):
        assert hidden not in told
    text, html = with_links(message)
    assert f"/s/{token}/" in text and f"/s/{token}/" in html
    assert token not in str(list(AuditEntry.objects.values()))
    assert share_of_token(token) == share


def test_a_new_link_takes_the_place_of_the_old_one(cast, interview):
    share, old = make_shared(cast.rafael, interview, email="sam@example.org")
    view_share(share=share)
    new = renew_share(actor=cast.actor(cast.ada), share=share, mails=True)
    assert share_of_token(old) is None and share_of_token(new).views == 1
    assert Message.objects.filter(kind="review.share").count() == 2
    plain, _token = make_shared(cast.rafael, interview)
    with pytest.raises(Refused) as refused:
        renew_share(actor=cast.actor(cast.ada), share=plain, mails=True)
    assert refused.value.code == "no_email"
    assert re.fullmatch(r"[\w-]{43}", renew_share(actor=cast.actor(cast.ada), share=plain, mails=False))


@pytest.mark.django_db(transaction=True)
def test_of_those_who_race_for_the_last_view_one_gets_it():
    cast = Cast()
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    share, _token = make_shared(cast.rafael, interview, most_views=1)

    def view(_time: int) -> bool:
        try:
            return view_share(share=Share.objects.get(id=share.id))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(view, range(4))) == [False, False, False, True]
    assert Share.objects.get().views == 1 and AuditEntry.objects.filter(verb="share.viewed").count() == 1


def test_a_guest_counts_for_no_decline(cast, interview):
    share, _token = make_shared(cast.rafael, interview)
    view_share(share=share)
    open_interview(share=share, row=shown_interviews(share)[0])
    assert not Coverage.objects.exists() and not readiness(interview).is_met
