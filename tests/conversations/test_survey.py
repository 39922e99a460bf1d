"""The survey of two questions: once at each moment, never with a name, and shown only of many."""

import threading

import pytest
from django.db import connection

from bothways.accounts.actors import candidate_actor
from bothways.conversations.actions.survey import take_survey
from bothways.conversations.models import SurveyMode, SurveyMoment, SurveyReply, SurveyTaken
from bothways.conversations.queries.survey import FEWEST, mode_of, moment_to_ask, results
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Recording
from bothways.review.models import Decision
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.interviews.taking_part import actor_of


@pytest.fixture
def sent(cast: Cast) -> Interview:
    return make_submitted_interview(cast.stage, cast.kit_version)


def say(interview: Interview, moment: str = "sent", fair: int = 4, respected: int = 5) -> bool:
    return take_survey(actor=actor_of(interview), interview=interview, moment=moment, fair=fair, respected=respected)


def decided(cast: Cast, interview: Interview, outcome: str = "decline") -> None:
    Decision.objects.create(
        organization=cast.organization, interview=interview, outcome=outcome, reason="x", decided_by=cast.ada
    )


def test_each_moment_is_asked_about_once(cast: Cast, sent: Interview) -> None:
    assert moment_to_ask(sent) == SurveyMoment.SENT
    assert say(sent) and not say(sent, fair=1)
    assert moment_to_ask(sent) is None
    decided(cast, sent, "hold")
    assert moment_to_ask(sent) is None, "to be on hold is no decision that they know of"
    decided(cast, sent)
    assert moment_to_ask(sent) == SurveyMoment.DECIDED
    assert say(sent, "decided")
    assert moment_to_ask(sent) is None
    assert list(SurveyReply.objects.values_list("fair", flat=True)) == [4, 4]


def test_what_was_said_leads_to_nobody(cast: Cast, sent: Interview) -> None:
    say(sent)
    [reply], [taken] = SurveyReply.objects.all(), SurveyTaken.objects.all()
    assert {field.name for field in SurveyReply._meta.fields} == {
        "id", "organization", "stage", "moment", "mode", "fair", "respected",
    }  # fmt: skip
    assert {reply.id.version, taken.id.version} == {4}, "an identifier that tells the time"
    assert {field.name for field in SurveyTaken._meta.fields} == {"id", "organization", "interview", "moment"}


@pytest.mark.parametrize(
    ("moment", "fair", "code"),
    [("decided", 4, "survey_closed"), ("sent", 0, "survey_levels"), ("sent", 6, "survey_levels")],
)
def test_only_what_the_form_offers(sent: Interview, moment: str, fair: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        say(sent, moment, fair)
    assert refused.value.code == code and not SurveyTaken.objects.exists()


def test_only_who_takes_part_and_has_sent(cast: Cast, sent: Interview) -> None:
    other = make_submitted_interview(cast.stage, cast.kit_version, "Kim Park")
    with pytest.raises(NotAllowed):
        take_survey(actor=actor_of(other), interview=sent, moment="sent", fair=1, respected=1)
    cleo = candidate_actor(candidate_id=sent.id, name="Cleo", organization_id=cast.other_organization.id)
    with pytest.raises(NotAllowed):
        take_survey(actor=cleo, interview=sent, moment="sent", fair=1, respected=1)
    unsent = make_interview(cast.stage, cast.kit_version, "Not Yet")
    assert moment_to_ask(unsent) is None
    with pytest.raises(Refused):
        say(unsent)


@pytest.mark.django_db(transaction=True)
def test_two_presses_are_one_reply(cast: Cast, sent: Interview) -> None:
    start, said = threading.Barrier(2), []

    def press() -> None:
        start.wait()
        said.append(say(sent))
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(said) == [False, True] and SurveyReply.objects.count() == 1


def test_the_mode_is_how_most_answers_were_given(sent: Interview) -> None:
    assert mode_of(sent) == SurveyMode.VIDEO
    ids = [answer.chosen_take.recording_id for answer in sent.answers.all()]
    Recording.objects.filter(id__in=ids[:3]).update(kind="audio")
    assert mode_of(sent) == SurveyMode.AUDIO
    Recording.objects.filter(id__in=ids[2:]).update(kind="video")
    assert mode_of(sent) == SurveyMode.VIDEO, "two and two"


def replies(cast: Cast, mode: str, many: int, fair: int = 4) -> None:
    SurveyReply.objects.bulk_create(
        SurveyReply(organization=cast.organization, stage=cast.stage, moment="sent", mode=mode, fair=fair, respected=5)
        for _ in range(many)
    )


def test_few_replies_say_nothing(cast: Cast) -> None:
    replies(cast, "video", FEWEST - 1)
    [result] = results(cast.position)
    assert (result.replies, result.fair, result.respected) == (FEWEST - 1, (), ())
    replies(cast, "video", 1, fair=2)
    [result] = results(cast.position)
    assert result.fair == (0, 1, 0, FEWEST - 1, 0) and result.respected == (0, 0, 0, 0, FEWEST)


def test_a_mode_is_told_apart_only_when_no_other_can_be_worked_out(cast: Cast, django_assert_num_queries) -> None:
    replies(cast, "video", 30)
    replies(cast, "audio", FEWEST)
    replies(cast, "writing", 1)
    assert [result.mode for result in results(cast.position)] == [None]
    replies(cast, "writing", FEWEST - 1)
    with django_assert_num_queries(2):
        found = results(cast.position)
    assert [(result.mode, result.replies) for result in found] == [
        (None, 50), (SurveyMode.VIDEO, 30), (SurveyMode.AUDIO, 10), (SurveyMode.WRITING, 10),
    ]  # fmt: skip
