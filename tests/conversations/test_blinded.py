"""A question can tell who asks: whoever still has to rate that person does not get it."""

import pytest

from bothways.accounts.models import Member
from bothways.conversations.actions.inquiries import ask_in_words, hand_over
from bothways.conversations.actions.replies import answer_in_words
from bothways.conversations.models import Clip, Inquiry
from bothways.conversations.policies import Sight, may_play, sight_of
from bothways.conversations.queries.inquiries import Wanted, listed_inquiries, waiting_count
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.positions.models import BlindLevel, StageReviewer
from tests.factories import Cast, make_submitted_interview
from tests.factories.asking import make_inquiry, picture
from tests.factories.review import rate, watch
from tests.interviews.taking_part import actor_of


def rates(cast: Cast, *members: Member) -> None:
    for member in members:
        StageReviewer.objects.create(organization=cast.organization, stage=cast.stage, member=member)


@pytest.fixture
def interview(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version)


def ask(interview: Interview) -> Inquiry:
    asked = ask_in_words(interview=interview, words="Hello, I am Dee.", actor=actor_of(interview))
    assert asked
    return asked


def test_it_goes_past_an_owner_who_rates(cast: Cast, interview: Interview) -> None:
    rates(cast, cast.ada)
    asked = ask(interview)
    assert asked.owner == cast.rafael
    ada, rafael = cast.actor(cast.ada), cast.actor(cast.rafael)
    assert (sight_of(ada, asked), sight_of(rafael, asked)) == (Sight.NOTHING, Sight.ALL)
    assert listed_inquiries(ada, Wanted()) == [] and waiting_count(ada) == 0
    assert [one.id for one in listed_inquiries(rafael, Wanted())] == [asked.id] and waiting_count(rafael) == 1
    with pytest.raises(NotAllowed):
        answer_in_words(actor=ada, inquiry=asked, message="Yes.")
    with pytest.raises(Refused, match="cannot_own"):
        hand_over(actor=rafael, inquiry=asked, to=cast.ada)


def test_with_nobody_else_the_words_are_read_and_no_voice_is_heard(cast: Cast, interview: Interview) -> None:
    rates(cast, cast.ada, cast.rafael)
    asked = ask(interview)
    on_video = make_inquiry(interview, on_video=True, owner=cast.ada)
    ada = cast.actor(cast.ada)
    assert asked.owner == cast.ada and sight_of(ada, asked) == sight_of(ada, on_video) == Sight.WORDS
    clip = Clip.objects.get(recording=on_video.recording)
    assert not may_play(ada, clip, picture(clip))
    assert not may_play(cast.actor(cast.rafael), clip, picture(clip))
    watch(cast.ada, interview)
    rate(cast.ada, interview, (3, 3, 3, 3))
    assert sight_of(ada, on_video) == Sight.ALL and may_play(ada, clip, picture(clip))


@pytest.mark.parametrize("level", [BlindLevel.IDENTITY, BlindLevel.NOTHING])
@pytest.mark.parametrize("who", ["bo", "ines", "audrey", "cleo"])
def test_who_only_rates_audits_or_is_outside_gets_nothing(
    cast: Cast, interview: Interview, who: str, level: str
) -> None:
    cast.stage.blind_level = level
    cast.stage.save()
    on_video = make_inquiry(interview, on_video=True)
    actor = cast.actor(getattr(cast, who))
    assert sight_of(actor, on_video) == Sight.NOTHING
    clip = Clip.objects.get(recording=on_video.recording)
    assert not may_play(actor, clip, picture(clip))


def test_nobody_plays_what_was_not_sent(cast: Cast, interview: Interview) -> None:
    on_video = make_inquiry(interview, on_video=True)
    clip = Clip.objects.get(recording=on_video.recording)
    on_video.delete()
    assert not may_play(cast.actor(cast.ada), clip, picture(clip))
