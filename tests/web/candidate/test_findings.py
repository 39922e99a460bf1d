"""What is missing in an answer is told to the candidate before sending, stops nothing, and reaches nobody else."""

import pytest
from django.urls import reverse

from bothways.interviews.actions.progress import submit
from bothways.interviews.models import AnswerMode, CandidateSettings, Interview, Take
from bothways.interviews.queries.limits import MOST_FREE_TAKES
from bothways.media.measurement import Measurement, as_json
from bothways.media.models import Recording, Rendition
from tests.interviews.taking_part import actor_of, answered, recorded
from tests.web.candidate.conftest import Visitor

SILENT = Measurement(has_sound=False, has_speech=False, is_black=False, silences=((0, 30_000),))
HEARD = Measurement(-30.0, -8.0, -20.0, True, True, False)
WORDS = {
    "no_sound": "We cannot hear anything in this answer.",
    "no_speech": "We hear sound in this answer, but no speech.",
    "black_picture": "The picture of this answer is black.",
}


def measured(take: Take, measurement: Measurement) -> Take:
    Recording.objects.filter(id=take.recording_id).update(measurement=as_json(measurement))
    return take


def test_a_take_says_what_is_missing_once_it_is_known(agreed: Visitor) -> None:
    allowed = agreed.interview.kit_version.questions.get(place=1).takes_allowed
    take = recorded(agreed.interview)
    before = agreed.get(f"questions/1/takes/{take.id}").json()
    assert (before["findings"], before["takes_left"]) == ([], allowed - 1)
    measured(take, SILENT)
    after = agreed.get(f"questions/1/takes/{take.id}").json()
    assert (after["findings"], after["takes_left"], after["measuring"]) == (["no_sound"], allowed, False)


def test_the_question_page_can_say_all_of_it(agreed: Visitor) -> None:
    measured(recorded(agreed.interview), SILENT)
    page = agreed.get("questions/1/").content.decode()
    for finding, words in WORDS.items():
        assert f'data-if="{finding}"' in page
        assert words in page
    assert '"findings": ["no_sound"]' in page


def test_the_page_before_sending_tells_it_at_the_answer_and_sends_all_the_same(agreed: Visitor) -> None:
    answered(agreed.interview)
    page = agreed.get("review/").content.decode()
    assert not any(words in page for words in WORDS.values())
    measured(Take.objects.get(answer__question__place=2), SILENT)
    page = agreed.get("review/").content.decode()
    assert page.count(WORDS["no_sound"]) == 1
    assert "It is safe on our server, and you may keep it as it is." in page
    assert "this take does not count" in page
    assert "aria-disabled" not in page
    agreed.client.post(reverse("candidate:submit", args=[agreed.token]))
    assert Interview.objects.get().state == "submitted"


def test_without_a_take_left_nothing_is_promised(agreed: Visitor) -> None:
    answered(agreed.interview)
    allowed = agreed.interview.kit_version.questions.get(place=2).takes_allowed
    for _ in range(MOST_FREE_TAKES + allowed - 1):
        take = measured(recorded(agreed.interview, 2), SILENT)
    take.answer.chosen_take = take
    take.answer.save()
    page = agreed.get("review/").content.decode()
    assert WORDS["no_sound"] in page
    assert "this take does not count" not in page


def test_who_signs_reads_nothing_about_sound(agreed: Visitor) -> None:
    CandidateSettings.objects.create(
        organization=agreed.interview.organization, interview=agreed.interview, mode=AnswerMode.SIGN
    )
    agreed.interview.refresh_from_db()
    answered(agreed.interview)
    for take in Take.objects.all():
        measured(take, SILENT)
    assert not any(words in agreed.get("review/").content.decode() for words in WORDS.values())
    assert agreed.get(f"questions/1/takes/{Take.objects.first().id}").json()["findings"] == []


def test_the_pages_cost_the_same_with_findings(agreed: Visitor, django_assert_max_num_queries) -> None:
    answered(agreed.interview)
    for path in ("review/", "questions/1/"):
        with django_assert_max_num_queries(40) as before:
            agreed.get(path)
        for take in Take.objects.all():
            measured(take, SILENT)
        with django_assert_max_num_queries(len(before)):
            agreed.get(path)


@pytest.mark.parametrize("role", ["ada", "rafael", "bo"])
def test_nobody_who_rates_learns_of_it(agreed: Visitor, cast, client, role: str) -> None:
    answered(agreed.interview)
    for take in Take.objects.all():
        measured(take, Measurement(-40.0, -9.0, -30.0, True, False, True))
    submit(interview=agreed.interview, actor=actor_of(agreed.interview))
    client.force_login(getattr(cast, role).user)
    slug, interview = cast.organization.slug, agreed.interview
    answer = interview.answers.get(question__place=1)
    pages = [
        reverse("team:review-question", args=[slug, interview.id, 1]),
        reverse("team:review-media", args=[slug, answer.id]),
        reverse("team:review-list", args=[slug]),
    ]
    for address in pages:
        page = client.get(address)
        assert page.status_code == 200
        told = page.content.decode()
        for word in (*WORDS, *WORDS.values(), "has_speech", "is_black", "true_peak", "loudest", "is_signed"):
            assert word not in told


def test_a_player_gets_the_gain_and_nothing_else(agreed: Visitor, cast, client) -> None:
    answered(agreed.interview)
    for take in Take.objects.all():
        measured(take, HEARD)
        Rendition.objects.create(
            organization=cast.organization, recording=take.recording, kind="playable", mime="video/webm", size=6,
            store_key=str(take.id),
        )  # fmt: skip
    assert agreed.get("review/").content.decode().count('data-gain="12.0"') == Take.objects.count()
    Interview.objects.update(language="de")
    assert agreed.get("review/").content.decode().count('data-gain="12.0"') == Take.objects.count()
    submit(interview=agreed.interview, actor=actor_of(agreed.interview))
    client.force_login(cast.bo.user)
    page = client.get(reverse("team:review-question", args=[cast.organization.slug, agreed.interview.id, 1]))
    assert '"gain_db": 12.0' in page.content.decode()
