"""What guests say about answers: within the scope of their link, never seen before own ratings are in."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import InterviewState
from bothways.lib.errors import NotAllowed
from bothways.lib.ids import new_id
from bothways.review.actions.comments import Place, write_comment
from bothways.review.actions.share_views import actor_of
from bothways.review.actions.shares import Shown, change_share, revoke_share
from bothways.review.models import Comment
from bothways.review.policies import may_read_comments
from bothways.web.public.share_access import ticket_for
from tests.factories import Cast, make_submitted_interview
from tests.factories.preparing import make_renditions
from tests.factories.review import make_shared, rate

COMMENTS = ("answers", "comment")


@pytest.fixture
def interview(cast: Cast):
    cache.clear()
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    make_renditions(interview.answers.get(question__place=1).chosen_take.recording)
    return interview


class Guest:
    """Somebody who has opened a link that lets them write."""

    def __init__(self, member, interview, *what, **more):
        self.share, self.token = make_shared(member, interview, *(what or COMMENTS), **more)
        self.client = Client(raise_request_exception=False)
        self.client.post(reverse("public:share", args=[self.token]))
        self.frame = {
            "token": self.token,
            "ticket": ticket_for(self.share),
            "shown_id": self.share.shared.get(interview=interview).id,
        }

    def page(self) -> str:
        return self.client.get(reverse("public:share-interview", kwargs=self.frame)).content.decode()

    def say(self, words, place=1, **more):
        address = reverse("public:guest_comment", kwargs={**self.frame, "place": place})
        return self.client.post(address, {"words": words, "key": str(new_id()), **more})

    def change(self, comment, **fields):
        address = reverse("public:guest_comment-change", kwargs={**self.frame, "comment_id": comment.id})
        return self.client.post(address, fields)


def test_a_guest_writes_changes_and_takes_back(cast, interview):
    guest = Guest(cast.rafael, interview)
    key = str(new_id())
    assert guest.say("She listens.", when="0:02-0:09", key=key)["Location"].endswith("#question-1")
    guest.say("She listens.", when="0:02-0:09", key=key)
    comment = Comment.objects.get()
    assert (comment.share_id, comment.member_id, comment.at_ms, comment.until_ms) == (guest.share.id, None, 2000, 9000)
    assert "She listens." in guest.page() and "0:02–0:09" in guest.page()
    guest.change(comment, words="She listens well.", do="edit")
    assert "She listens well." in guest.page()
    assert guest.change(comment, do="withdraw").status_code == 302
    comment.refresh_from_db()
    assert comment.words == "" and "She listens" not in guest.page()
    assert guest.change(comment, words="Again.", do="edit").status_code == 409
    entries = AuditEntry.objects.filter(verb__startswith="comment.").order_by("sequence")
    assert [(one.verb, one.actor_kind, one.actor_name) for one in entries] == [
        (f"comment.{what}", "guest", "Sam Guest") for what in ("written", "edited", "withdrawn")
    ]


@pytest.mark.parametrize(
    ("words", "more", "status"),
    [
        ("  ", {}, 422),
        ("x" * 5001, {}, 422),
        ("Fine.", {"when": "soon"}, 422),
        ("Fine.", {"when": "9:59"}, 409),
        ("Fine.", {"when": "0:09-0:02"}, 409),
        ("Fine.", {"key": "x"}, 422),
        ("Fine.", {"place": 9}, 403),
        ("Fine.", {"place": 2}, 403),
    ],
)
def test_what_cannot_be_kept_is_said_and_the_words_stay(cast, interview, words, more, status):
    guest = Guest(cast.rafael, interview, places=(1, 3))
    answer = guest.say(words, **more)
    told = answer.content.decode()
    assert answer.status_code == status and not Comment.objects.exists()
    if "place" not in more:
        assert 'role="alert"' in told and words.strip()[:40] in told


def test_there_is_no_form_where_the_link_does_not_let_them_write(cast, interview):
    guest = Guest(cast.rafael, interview, "answers")
    assert "<form" not in guest.page()
    assert guest.say("All the same.").status_code == 403
    with pytest.raises(NotAllowed):
        question = cast.kit_version.questions.get(place=1)
        write_comment(
            actor=actor_of(guest.share),
            interview=interview,
            words="By the verb.",
            client_key=new_id(),
            place=Place(question.id),
        )
    assert not Comment.objects.exists()


def test_others_are_read_only_where_the_link_says_so(cast, interview):
    rate(cast.bo, interview, (4, 3, 2, 0))
    question = cast.kit_version.questions.get(place=1)
    second = cast.kit_version.questions.get(place=2)
    for asked, words in ((question, "Bo’s word"), (second, "Outside")):
        write_comment(
            actor=cast.actor(cast.bo), interview=interview, words=words, client_key=new_id(), place=Place(asked.id)
        )
    Guest(cast.rafael, interview).say("Another guest’s word")
    alone = Guest(cast.rafael, interview).page()
    assert "Bo’s word" not in alone and "Another guest’s" not in alone
    among = Guest(cast.rafael, interview, *COMMENTS, "comments", places=(1,)).page()
    assert "Bo’s word" in among and "Another guest’s word" in among and "Outside" not in among
    assert "Bo Osei heard" not in among and "Bo Osei thinks" not in among


def test_nobody_changes_what_another_wrote(cast, interview):
    one = Guest(cast.rafael, interview)
    one.say("Mine.")
    comment = Comment.objects.get()
    for other in (Guest(cast.rafael, interview, *COMMENTS, "comments"), Guest(cast.ada, interview)):
        for fields in ({"words": "Not yours.", "do": "edit"}, {"do": "withdraw"}):
            assert other.change(comment, **fields).status_code == 404
    comment.refresh_from_db()
    assert comment.words == "Mine." and comment.withdrawn_at is None


def test_raters_read_guests_after_their_own_ratings_only(cast, interview):
    guest = Guest(cast.rafael, interview)
    guest.say("vqxguestword")
    assert not may_read_comments(cast.actor(cast.bo), interview)
    client = Client()
    client.force_login(cast.bo.user)
    for place in (1, 2):
        page = reverse("team:review-question", args=[cast.organization.slug, interview.id, place])
        assert "vqxguestword" not in client.get(page).content.decode()
    rate(cast.bo, interview, (4, 3, 2, 0))
    assert may_read_comments(cast.actor(cast.bo), interview)


def test_who_has_still_to_rate_shows_nobody_others_comments(cast, interview):
    guest = Guest(cast.rafael, interview)
    cast.bo.role = "recruiter"
    cast.bo.save()
    with pytest.raises(Exception, match="closed"):
        make_shared(cast.bo, interview, "answers", "comments")
    with pytest.raises(Exception, match="closed"):
        change_share(
            actor=cast.actor(cast.bo),
            share=guest.share,
            interviews=[interview.id],
            shown=Shown(answers=True, comment=True, comments=True),
            most_views=5,
        )


@pytest.mark.parametrize("end", ["revoked", "narrowed", "no more writing", "taken back by the candidate"])
def test_what_ends_the_link_ends_the_writing(cast, interview, end):
    guest = Guest(cast.rafael, interview)
    guest.say("Before.")
    comment = Comment.objects.get()
    change = {"actor": cast.actor(cast.ada), "share": guest.share, "interviews": [interview.id], "most_views": 5}
    if end == "revoked":
        revoke_share(actor=cast.actor(cast.ada), share=guest.share)
    elif end == "narrowed":
        change_share(**change, shown=Shown(answers=True, comment=True), places=[3])
    elif end == "no more writing":
        change_share(**change, shown=Shown(answers=True))
    else:
        interview.state = InterviewState.WITHDRAWN
        interview.save()
    assert guest.say("After.").status_code in (403, 410)
    assert guest.change(comment, words="After.", do="edit").status_code in (403, 410)
    comment.refresh_from_db()
    assert comment.words == "Before."
    if end == "no more writing":
        assert guest.change(comment, do="withdraw").status_code == 302, "what is theirs they can always take back"


def test_forged_forms_and_floods_are_refused(cast, interview):
    guest = Guest(cast.rafael, interview)
    forger = Client(enforce_csrf_checks=True)
    address = reverse("public:guest_comment", kwargs={**guest.frame, "place": 1})
    assert forger.post(address, {"words": "Forged."}).status_code == 403
    assert [guest.say("").status_code for _time in range(61)][-1] == 429
    cache.clear()
    answer = guest.client.get(reverse("public:share-interview", kwargs=guest.frame))
    assert answer.headers["Referrer-Policy"] == "same-origin" and answer.headers["Cache-Control"] == "no-store"
    assert re.search(r"<form[^>]+novalidate", answer.content.decode())
