"""The rating room and the comparison with answers that were not recorded, and the candidate's note."""

import json

import pytest
from django.test import Client

from bothways.interviews.models import Interview, NoteToReviewers
from bothways.review.models import Coverage
from tests.factories import Cast, make_submitted_interview, make_written_answer
from tests.factories.review import rate
from tests.web.team.test_review import base, bo, room  # noqa: F401

WORDS = "I rang her first.\n\nThen I found out who owned the job."


@pytest.fixture
def interview(cast: Cast) -> Interview:
    """Written, chosen from a list, a number, and one that was recorded."""
    interview = make_submitted_interview(cast.stage, cast.kit_version, "Xanthippe Rarebird")
    interview.answers.filter(question__place__lt=4).delete()
    first, second, third, _fourth = cast.kit_version.questions.all()
    make_written_answer(interview, first, WORDS)
    second.answer_kind, second.options = "choice", ["Days", "Nights & weekends"]
    second.save()
    make_written_answer(interview, second, options=[1])
    third.answer_kind, third.unit = "number", "hours a week"
    third.save()
    make_written_answer(interview, third, number="37.5")
    return interview


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_what_was_written_stands_in_the_place_of_the_player(cast, bo, interview):  # noqa: F811
    page = text(bo.get(room(cast, interview, "1/")))
    assert "<p>I rang her first.</p>" in page
    assert "<bw-reader" in page and "<bw-player" not in page
    assert 'name="value"' in page and "What did you read?" in page
    beside = page.partition("<dialog")[0]
    assert "<kbd>N</kbd>" in beside and "<kbd>J</kbd>" not in beside
    answer = interview.answers.get(question__place=1)
    assert f"/review/answers/{answer.id}/opened/" in page


def test_a_choice_is_shown_among_what_there_was(cast, bo, interview):  # noqa: F811
    page = text(bo.get(room(cast, interview, "2/")))
    assert page.count("Nights &amp; weekends") == 1
    assert 'class="picked"' in page and 'aria-label="not chosen"' in page
    page = text(bo.get(room(cast, interview, "3/")))
    assert "<bdi>37.5</bdi> <bdi>hours a week</bdi>" in page


def test_markup_in_words_is_words(cast, bo, interview):  # noqa: F811
    written = interview.answers.get(question__place=1).chosen_written
    written.text = "<script>alert(1)</script>"
    written.save()
    NoteToReviewers.objects.create(organization=cast.organization, interview=interview, text="<img src=x>")
    page = text(bo.get(room(cast, interview, "1/")))
    assert "<script>alert" not in page and "<img" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_time_on_the_screen_is_reported_as_playing_is(cast, bo, interview):  # noqa: F811
    answer = interview.answers.get(question__place=1)
    opened = bo.post(f"{base(cast)}/review/answers/{answer.id}/opened/")
    assert opened.json() == {"share": 0.0, "is_enough": False, "spans": []}
    body = json.dumps({"spans": [[0, 900]]})
    played = bo.post(f"{base(cast)}/review/answers/{answer.id}/played/", body, content_type="application/json")
    assert played.json()["spans"] == [[0, 900]]
    assert Coverage.objects.get().written == answer.chosen_written
    assert bo.get(f"{base(cast)}/review/answers/{answer.id}/media/").json() == {"sources": []}


def test_the_note_stands_before_everything_that_plays(cast, bo, interview):  # noqa: F811
    assert "A note from" not in text(bo.get(room(cast, interview, "1/")))
    NoteToReviewers.objects.create(organization=cast.organization, interview=interview, text="I stammer.\n\nAsk me.")
    for place in (1, 4):
        page = text(bo.get(room(cast, interview, f"{place}/")))
        assert f"A note from {interview.code_name} to you" in page
        assert page.index("<p>I stammer.</p>") < page.index("<bw-reader" if place == 1 else '<section class="panel')
    assert "Xanthippe" not in page


def test_compare_shows_words_beside_faces(cast, client, interview):
    rate(cast.bo, interview, (4, 2, 3, 3))
    client.force_login(cast.rafael.user)
    address = f"{base(cast)}/compare/{cast.stage.id}/side/?with={interview.id}"
    page = text(client.get(address))
    assert "I rang her first." in page and "Then I found out" in page
    assert f"Open {interview.code_name} alone" in page
    assert "Nights &amp; weekends" in text(client.get(f"{address}&question=2"))
    assert "37.5" in text(client.get(f"{address}&question=3"))


def test_others_read_nothing(cast, interview):
    answer = interview.answers.get(question__place=1)
    for member in (cast.cleo, cast.audrey):
        client = Client()
        client.force_login(member.user)
        for address in (room(cast, interview, "1/"), f"{base(cast)}/review/answers/{answer.id}/opened/"):
            got = client.post(address) if address.endswith("opened/") else client.get(address)
            assert got.status_code in (403, 404)
            assert "I rang her" not in got.content.decode()
