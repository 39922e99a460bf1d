"""Comments: for those whose own ratings are in, written once, changed with a trace, withdrawn without one."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from bothways.accounts.actors import Actor, guest_actor
from bothways.accounts.models import AuditEntry, Member
from bothways.interviews.models import Interview
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.comments import Place, edit_comment, withdraw_comment, write_comment
from bothways.review.actions.retention import erase_due
from bothways.review.models import Comment, CommentWording, Decision
from bothways.review.policies import may_comment, may_read_comments
from tests.factories import Cast
from tests.factories.review import make_shared, rate


def say(actor: Actor, interview: Interview, words: str = "Listen to this again.", **more: Any) -> Comment:
    return write_comment(
        actor=actor, interview=interview, words=words, **{"client_key": uuid.uuid4(), **more}
    )  # fmt: skip


@pytest.fixture
def question(cast: Cast) -> Question:
    return cast.kit_version.questions.get(place=2)


@pytest.fixture
def bo(cast: Cast, interview: Interview) -> Actor:
    rate(cast.bo, interview, (4, 3, 3, 3))
    return cast.actor(cast.bo)


def test_nobody_reads_or_writes_before_their_own_ratings(cast: Cast, interview: Interview) -> None:
    def who(may: Any) -> list[Member]:
        everybody = (cast.ada, cast.rafael, cast.bo, cast.ines, cast.audrey, cast.cleo)
        return [member for member in everybody if may(cast.actor(member), interview)]

    assert who(may_read_comments) == [cast.ada, cast.rafael, cast.audrey]
    assert who(may_comment) == [cast.ada, cast.rafael]
    rate(cast.bo, interview, (4, 3, 3, 3))
    assert who(may_comment) == [cast.ada, cast.rafael, cast.bo]
    for member in (cast.ines, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            say(cast.actor(member), interview)
    assert not Comment.objects.exists()


def test_a_guest_is_not_let_in_by_having_a_link(cast: Cast, interview: Interview) -> None:
    share, _token = make_shared(cast.rafael, interview, "scorecards")
    guest = guest_actor(share_id=share.id, name="Sam Guest", organization_id=cast.organization.id)
    with pytest.raises(NotAllowed):
        say(guest, interview)


def test_a_comment_has_a_place_and_a_reply_stands_below_it(
    cast: Cast, bo: Actor, interview: Interview, question: Question
) -> None:
    top = say(bo, interview, "  Here. ", place=Place(question.id, 4000, 9000))
    assert (top.words, top.question, top.at_ms, top.until_ms, top.member) == ("Here.", question, 4000, 9000, cast.bo)
    reply = say(cast.actor(cast.rafael), interview, "I hear it, too.", parent=top)
    assert (reply.parent, reply.question, reply.author_name) == (top, question, cast.rafael.user.name)
    entry = AuditEntry.objects.filter(verb="comment.written").first()
    assert entry and entry.detail == {"interview": str(interview.id)}
    with pytest.raises(Refused, match="parent"):
        say(bo, interview, parent=reply)
    with pytest.raises(Refused, match="parent"):
        say(bo, interview, parent=top, place=Place(None))


def test_the_same_form_sent_twice_writes_one(cast: Cast, bo: Actor, interview: Interview) -> None:
    key = uuid.uuid4()
    assert say(bo, interview, client_key=key) == say(bo, interview, client_key=key)
    assert AuditEntry.objects.filter(verb="comment.written").count() == 1
    with pytest.raises(Refused, match="key"):
        say(cast.actor(cast.ada), interview, client_key=key)


@pytest.mark.parametrize("words", ["", " \n", "x" * 5001])
def test_it_needs_words(bo: Actor, interview: Interview, words: str) -> None:
    with pytest.raises(Refused, match="words"):
        say(bo, interview, words)


@pytest.mark.parametrize(
    ("at", "until", "code"),
    [
        (None, 5, "end"),
        (5000, 5000, "end"),
        (31_000, None, "outside"),
        (1000, 31_000, "outside"),
        (-1, None, "outside"),
    ],
)
def test_times_lie_in_the_recording(
    bo: Actor, interview: Interview, question: Question, at: int | None, until: int | None, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        say(bo, interview, place=Place(question.id, at, until))
    assert refused.value.code == code and not Comment.objects.exists()


def test_times_and_questions_that_belong_to_nothing(cast: Cast, bo: Actor, interview: Interview) -> None:
    with pytest.raises(Refused, match="question"):
        say(bo, interview, place=Place(None, 1000))
    with pytest.raises(Refused, match="question"):
        say(bo, interview, place=Place(uuid.uuid4()))


def test_earlier_wordings_are_kept_until_it_is_withdrawn(cast: Cast, bo: Actor, interview: Interview) -> None:
    comment = say(bo, interview, "First.")
    reply = say(cast.actor(cast.ada), interview, parent=comment)
    edit_comment(actor=bo, comment=comment, words="Second.")
    again = edit_comment(actor=bo, comment=comment, words=" Second. ")
    assert again.words == "Second." and again.edited_at
    assert [wording.words for wording in again.wordings.all()] == ["First."]
    for actor in (cast.actor(cast.ada), cast.actor(cast.cleo)):
        with pytest.raises(NotAllowed):
            edit_comment(actor=actor, comment=comment, words="Mine.")
    withdrawn = withdraw_comment(actor=bo, comment=comment)
    assert withdrawn.words == "" and not CommentWording.objects.exists()
    assert withdraw_comment(actor=bo, comment=comment).withdrawn_at == withdrawn.withdrawn_at
    with pytest.raises(Refused, match="withdrawn"):
        edit_comment(actor=bo, comment=comment, words="Third.")
    assert Comment.objects.filter(parent=comment).get() == reply


def test_an_owner_withdraws_what_somebody_else_should_not_have_written(
    cast: Cast, bo: Actor, interview: Interview
) -> None:
    comment = say(bo, interview, "Dee Okafor said it.")
    for member in (cast.rafael, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            withdraw_comment(actor=cast.actor(member), comment=comment)
    withdraw_comment(actor=cast.actor(cast.ada), comment=comment)
    assert AuditEntry.objects.get(verb="comment.withdrawn").actor_id == str(cast.ada.id)


def test_they_are_erased_with_the_ratings(cast: Cast, interview: Interview) -> None:
    comment = say(cast.actor(cast.ada), interview)
    say(cast.actor(cast.rafael), interview, parent=comment)
    Decision.objects.create(
        organization=cast.organization, interview=interview, outcome="decline", reason="x", decided_by=cast.ada
    )
    erase_due(timezone.now() + dt.timedelta(days=181))
    assert not Comment.objects.exists()
