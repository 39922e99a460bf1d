"""Talking on the pages: beside an answer after the own ratings, on pages of its own, and never before."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from bothways.accounts.models import Member
from bothways.interviews.models import Interview
from bothways.media.models import Rendition
from bothways.review.actions.comments import Place, edit_comment, withdraw_comment, write_comment
from bothways.review.models import Comment, Notice, NoticeSettings, ThreadRead
from tests.factories import Cast, make_submitted_interview
from tests.factories.review import make_shared, rate
from tests.web.team.preparing import signed_in, url

SECRET = "Vervain flattened it"


@pytest.fixture
def interview(cast: Cast) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    for answer in interview.answers.select_related("chosen_take__recording"):
        recording = answer.chosen_take.recording
        Rendition.objects.create(
            organization=cast.organization,
            recording=recording,
            kind="playable",
            mime="video/webm",
            size=10,
            store_key=f"{cast.organization.id}/{recording.id}/playable",
        )
    return interview


@pytest.fixture
def said(cast: Cast, interview: Interview) -> Comment:
    """Bo has rated and says something about the second answer."""
    rate(cast.bo, interview, (4, 3, 3, 3))
    return say(cast, cast.bo, interview, place=Place(question(cast).id, 4000, 9000))


def question(cast: Cast) -> Any:
    return cast.kit_version.questions.get(place=2)


def say(cast: Cast, member: Member, interview: Interview, words: str = SECRET, **more: Any) -> Comment:
    return write_comment(actor=cast.actor(member), interview=interview, words=words, client_key=uuid.uuid4(), **more)


def send(client: Client, address: str, words: str = "I hear it, too.", **more: Any) -> Any:
    return client.post(address, {"key": uuid.uuid4(), "words": words, **more})


def text(answer: Any) -> str:
    return answer.content.decode()


def test_before_the_own_ratings_nothing_of_it_is_anywhere(cast: Cast, interview: Interview, said: Comment) -> None:
    """A rare string is planted in a comment and looked for on every page a rater may ask for."""
    say(cast, cast.bo, interview, f"@{cast.ines.user.name} {SECRET}", parent=said)
    ines = signed_in(cast.ines)
    closed = [
        url(cast, "talk-interview", interview.id),
        *(url(cast, "talk-thread", interview.id, place) for place in (0, 2)),
        url(cast, "talk-news", interview.id, 2),
        url(cast, "talk-edit", said.id),
    ]
    for address in closed:
        for headers in ({}, {"HX-Request": "true"}):
            answer = ines.get(address, headers=headers)
            assert answer.status_code == 403 and "whose own ratings are in" in text(answer)
            assert SECRET not in text(answer) and cast.bo.user.name not in text(answer)
    for address in (closed[1], url(cast, "talk-read", interview.id, 2), url(cast, "talk-withdraw", said.id)):
        assert send(ines, address, until="2026-01-01T00:00:00Z").status_code == 403
    open_pages = [
        url(cast, "talk-list"),
        url(cast, "review-list"),
        url(cast, "review-question", interview.id, 2),
        url(cast, "compare", cast.stage.id),
        f"{url(cast, 'compare-side', cast.stage.id)}?question=2&with={interview.id}",
    ]
    for address in open_pages:
        page = text(ines.get(address))
        assert SECRET not in page and cast.bo.user.name not in page and "1 comment" not in page, address
    assert "Somebody wants to talk with you once your ratings are in." in text(ines.get(open_pages[0]))
    assert Comment.objects.count() == 2 and not ThreadRead.objects.exists()
    rate(cast.ines, interview, (2, 3, 3, 3))
    assert SECRET in text(ines.get(open_pages[2])) and SECRET in text(ines.get(closed[2]))


def test_others_learn_nothing(cast: Cast, interview: Interview, said: Comment) -> None:
    cleo = signed_in(cast.cleo)
    for slug in (cast.organization.slug, cast.other_organization.slug):
        for rest in (f"talk/{interview.id}/", f"talk/{interview.id}/2/", f"talk/comments/{said.id}/"):
            assert cleo.get(f"/team/{slug}/{rest}").status_code == 404
    assert cleo.get(f"/team/{cast.other_organization.slug}/talk/").status_code == 200


def test_the_thread_stands_beside_the_answer_and_plays_the_stretch(
    cast: Cast, interview: Interview, said: Comment
) -> None:
    page = text(signed_in(cast.bo).get(url(cast, "review-question", interview.id, 2)))
    room = url(cast, "review-question", interview.id, 2)
    assert f'href="{room}?at=4"' in page and "0:04–0:09" in page
    assert 'id="talk"' not in text(signed_in(cast.bo).get(url(cast, "review-overall", interview.id)))
    assert SECRET not in text(signed_in(cast.bo).get(url(cast, "review-question", interview.id, 1)))
    audrey = text(signed_in(cast.audrey).get(url(cast, "talk-thread", interview.id, 2)))
    assert SECRET in audrey and "<textarea" not in audrey and "?at=4" not in audrey


def test_a_plain_form_writes_answers_and_comes_back(cast: Cast, interview: Interview, said: Comment) -> None:
    bo, rafael = signed_in(cast.bo), signed_in(cast.rafael)
    address = url(cast, "talk-thread", interview.id, 2)
    answer = send(bo, address, "Here.", when="0:02-0:05", on="answer")
    made = Comment.objects.latest("created_at")
    assert answer["Location"] == f"{url(cast, 'review-question', interview.id, 2)}#comment-{made.id}"
    assert (made.at_ms, made.until_ms, made.question) == (2000, 5000, question(cast))
    answer = send(rafael, address, parent=said.id)
    assert answer["Location"].startswith(address) and Comment.objects.latest("created_at").parent == said
    whole = send(rafael, url(cast, "talk-thread", interview.id, 0), "All in all.")
    assert whole["Location"].startswith(url(cast, "talk-interview", interview.id))
    key = uuid.uuid4()
    for _twice in range(2):
        rafael.post(address, {"key": key, "words": "Once."})
    assert Comment.objects.filter(words="Once.").count() == 1


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"words": ""}, "Write what you want to say"),
        ({"words": "Kept words", "when": "soon"}, "Write the time as 0:42"),
        ({"words": "Kept words", "when": "9:00"}, "not in the recording"),
        ({"words": "Kept words", "key": "x"}, "does not fit the page"),
        ({"words": "x" * 5001}, "5000"),
        ({"words": "Kept words", "parent": "x"}, "does not fit the page"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_wrong_is_said_and_the_words_stay(
    cast: Cast, interview: Interview, said: Comment, sent: dict[str, str], says: str, htmx: bool
) -> None:
    headers = {"HX-Request": "true"} if htmx else {}
    data = {"key": str(uuid.uuid4()), **sent}
    answer = signed_in(cast.bo).post(url(cast, "talk-thread", interview.id, 2), data, headers=headers)
    assert answer.status_code == 422 and says in text(answer)
    assert sent["words"] in text(answer) and ("<html" in text(answer)) is not htmx
    assert Comment.objects.count() == 1


def test_things_that_are_not_there(cast: Cast, interview: Interview, said: Comment) -> None:
    bo = signed_in(cast.bo)
    assert send(bo, url(cast, "talk-thread", interview.id, 2), parent=uuid.uuid4()).status_code == 404
    assert bo.get(url(cast, "talk-thread", interview.id, 9)).status_code == 404
    assert bo.get(url(cast, "talk-edit", uuid.uuid4())).status_code == 404
    for moment in ("", "x", "2026-13-99T00:00:00Z", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"):
        assert bo.get(url(cast, "talk-news", interview.id, 2), {"since": moment}).status_code == 200
        assert bo.post(url(cast, "talk-read", interview.id, 2), {"until": moment}).status_code == 302


def test_words_are_escaped_and_a_withdrawn_comment_leaves_its_place(
    cast: Cast, interview: Interview, said: Comment
) -> None:
    bo, address = signed_in(cast.bo), url(cast, "talk-thread", interview.id, 2)
    send(bo, address, "<b>loud</b>")
    assert "&lt;b&gt;loud" in text(bo.get(address))
    edit_comment(actor=cast.actor(cast.bo), comment=said, words="Milder.")
    page = text(bo.get(address))
    assert "Milder." in page and SECRET in page, "the earlier wording can be looked up"
    withdraw_comment(actor=cast.actor(cast.bo), comment=said)
    page = text(bo.get(address))
    assert SECRET not in page and "Milder." not in page and "Withdrawn." in page
    assert bo.get(url(cast, "talk-edit", said.id)).status_code == 404


def test_changing_is_for_the_writer_and_withdrawing_for_owners_too(
    cast: Cast, interview: Interview, said: Comment
) -> None:
    address = url(cast, "talk-edit", said.id)
    assert signed_in(cast.rafael).get(address).status_code == 403
    ada = signed_in(cast.ada)
    assert "<textarea" not in text(ada.get(address)) and ada.post(address, {"words": "Mine."}).status_code == 403
    bo = signed_in(cast.bo)
    assert bo.post(address, {"words": ""}).status_code == 422
    assert bo.post(address, {"words": "Milder."})["Location"].endswith(f"#comment-{said.id}")
    assert ada.post(url(cast, "talk-withdraw", said.id)).status_code == 302
    said.refresh_from_db()
    assert said.words == "" and said.withdrawn_at


def test_what_is_new_is_counted_until_it_is_read(cast: Cast, interview: Interview, said: Comment) -> None:
    rafael, address = signed_in(cast.rafael), url(cast, "talk-thread", interview.id, 2)
    say(cast, cast.bo, interview, f"@{cast.rafael.user.name}", place=Place(question(cast).id))
    home = text(rafael.get(url(cast, "talk-list")))
    assert "you are mentioned" in home and 'class="count">1<' in home
    assert "2 comments, <b>2 new</b>" in text(rafael.get(url(cast, "decisions-interview", interview.id)))
    side = f"{url(cast, 'compare-side', cast.stage.id)}?question=2&with={interview.id}"
    assert "2 comments, <b>2 new</b>" in text(rafael.get(side))
    page = text(rafael.get(address))
    assert page.count('data-is="now"') == 3 and Notice.objects.get(member=cast.rafael).read_at is None
    [until] = set(re.findall(r'name="until" value="([^"]+)"', page))
    assert rafael.post(url(cast, "talk-read", interview.id, 2), {"until": until}).status_code == 302
    assert 'data-is="now"' not in text(rafael.get(address))
    assert "Nothing new for you" in text(rafael.get(url(cast, "talk-list")))
    assert Notice.objects.get(member=cast.rafael).read_at
    news = url(cast, "talk-news", interview.id, 2)
    assert text(rafael.get(news, {"since": until})).strip() == ""
    say(cast, cast.bo, interview, place=Place(question(cast).id))
    assert "1 new comment" in text(rafael.get(news, {"since": until}))
    assert text(signed_in(cast.bo).get(news)).strip() == "", "the own ones are no news"


def test_a_guest_is_named_as_one(cast: Cast, interview: Interview, said: Comment) -> None:
    share, _token = make_shared(cast.rafael, interview)
    Comment.objects.create(
        organization=cast.organization, interview=interview, question=question(cast), share=share,
        client_key=uuid.uuid4(), words="From outside.",
    )  # fmt: skip
    page = text(signed_in(cast.bo).get(url(cast, "talk-thread", interview.id, 2)))
    assert "Sam Guest" in page and ">guest<" in page


def test_settings_on_the_profile(cast: Cast) -> None:
    bo, address = signed_in(cast.bo), url(cast, "profile-notices")
    assert "Quiet from" in text(bo.get(url(cast, "profile-edit")))
    chosen = {
        "mentioned": "daily", "answered": "never", "rated": "weekly", "quiet_from": "22:30", "quiet_until": "06:00"
    }  # fmt: skip
    assert bo.post(address, chosen).status_code == 302
    kept = NoticeSettings.objects.get()
    assert (kept.member, kept.mentioned, kept.answered, kept.rated) == (cast.bo, "daily", "never", "weekly")
    assert (kept.quiet_from, kept.quiet_until, kept.quiet_on_free_days) == (dt.time(22, 30), dt.time(6), False)
    assert 'value="22:30" selected' in text(bo.get(url(cast, "profile-edit")))
    for wrong in ({"rated": "at_once"}, {"quiet_from": "22:07"}, {"mentioned": ""}):
        assert bo.post(address, {**chosen, **wrong}).status_code == 422


def test_any_number_of_comments_costs_the_same(
    cast: Cast, interview: Interview, said: Comment, django_assert_num_queries: Any
) -> None:
    bo, address = signed_in(cast.bo), url(cast, "talk-thread", interview.id, 2)
    for _round in range(2):
        for _time in range(3):
            say(cast, cast.rafael, interview, f"@{cast.bo.user.name}", parent=said)
        with django_assert_num_queries(29):
            assert bo.get(address).status_code == 200
        with django_assert_num_queries(9):
            assert bo.get(url(cast, "talk-list")).status_code == 200
