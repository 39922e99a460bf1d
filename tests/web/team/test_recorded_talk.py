"""What reviewers get of a recorded talk, and who gets none of it."""

import pytest
from django.test import Client
from django.urls import reverse

from bothways.interviews.queries.candidate_page import candidate_page as page_of
from bothways.live.actions.compositions import ask_to_put_together
from bothways.live.models import Composition, Leg
from bothways.media.models import Rendition
from bothways.positions.models import BlindLevel, Stage
from bothways.web.bytes.viewers import may_view
from bothways.web.candidate.own_copy import kept_files
from bothways.work.actions.jobs import run_all_due
from tests.live.talks import Talk


@pytest.fixture
def talk(cast):
    return Talk(cast)


def page(talk, name, **more):
    client = Client()
    client.force_login(talk.cast.bo.user)
    slug = talk.cast.organization.slug
    address = reverse(f"team:{name}", kwargs={"organization": slug, "interview_id": talk.interview.id, **more})
    return client.get(address).content.decode()


def test_before_anything_is_put_together_the_page_says_what_is_awaited(talk):
    talk.asks(1, 0)
    talk.ends(4)
    assert "still on its way" in page(talk, "review-question", place=1)
    talk.period.delete()
    assert "nothing was recorded" in page(talk, "review-question", place=1)


def test_what_came_is_watched_by_who_may_and_the_missing_side_is_named(talk, tmp_path):
    cast = talk.cast
    talk.sends(talk.dee, tmp_path, second=0, lasts=3)
    talk.asks(1, 1)
    talk.ends(3)
    ask_to_put_together(room=talk.room)
    run_all_due()
    shown = page(talk, "review-question", place=1)
    assert "The side of Bo Lindqvist never arrived" in shown and "<video" in shown
    assert "The rest of the talk" in page(talk, "review-overall")
    rest = Rendition.objects.get(recording=Composition.objects.get(question=None).recording, kind="playable")
    side = Rendition.objects.get(recording=Leg.objects.get().recording)
    for member in (cast.ada, cast.rafael, cast.bo, cast.ines):
        assert may_view("member", member.id, rest)
        assert not may_view("member", member.id, side)
    for member in (cast.cleo, cast.audrey):
        assert not may_view("member", member.id, rest)
    other = Talk(cast)
    assert may_view("candidate", talk.interview.id, rest)
    assert not may_view("candidate", talk.interview.id, side)
    assert not may_view("candidate", other.interview.id, rest)
    assert "rest-of-the-talk-1.mp4" in [file.name for file in kept_files(page_of(talk.interview))]
    # Where the stage hides the picture, the rest shows none either.
    Stage.objects.filter(id=talk.interview.stage_id).update(blind_level=BlindLevel.VOICE)
    assert not may_view("member", cast.ines.id, rest)
    assert "<video" not in page(talk, "review-overall")
