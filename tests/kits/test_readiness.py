"""What stands before publication, and how many minutes a candidate needs."""

import pytest

from bothways.kits.models import KitVersion, Question
from bothways.kits.queries.minutes import candidate_minutes
from bothways.kits.queries.readiness import blockers, is_long
from bothways.kits.queries.versions import questions_of
from bothways.media.models import RecordingState
from tests.factories import Cast, make_kit_version
from tests.factories.preparing import make_captions, make_ready_draft, make_recording


@pytest.fixture
def draft(cast: Cast) -> KitVersion:
    return make_ready_draft(cast.ada)


def codes(version: KitVersion) -> list[str]:
    return [blocker.code for blocker in blockers(KitVersion.objects.get(id=version.id))]


def test_nothing_stands_before_a_complete_draft(draft: KitVersion) -> None:
    assert codes(draft) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": " "}, "question_text"),
        ({"anchor_1": ""}, "anchor_1"),
        ({"anchor_3": ""}, "anchor_3"),
        ({"anchor_5": "  "}, "anchor_5"),
        ({"competency": None}, "competency"),
        ({"asker": None}, "asker"),
        ({"prompt": None}, "prompt"),
        ({"answer_limit_s": 90}, "reason"),
        ({"takes_allowed": 1}, "reason"),
        ({"think_limit_s": 60}, "reason"),
    ],
)
def test_each_missing_thing_is_named_with_its_field(draft: KitVersion, fields: dict, code: str) -> None:
    Question.objects.filter(kit_version=draft, place=2).update(**fields)
    found = blockers(draft)
    assert [(blocker.code, blocker.place) for blocker in found] == [(code, 2)]
    assert "Question 2" in found[0].words and found[0].why
    assert hasattr(Question, found[0].field)


@pytest.mark.parametrize(
    ("fields", "code"), [({"welcome_text": ""}, "welcome_text"), ({"welcome_by": None}, "welcome_by")]
)
def test_the_welcome_is_required(draft: KitVersion, fields: dict, code: str) -> None:
    KitVersion.objects.filter(id=draft.id).update(**fields)
    assert codes(draft) == [code]


@pytest.mark.parametrize("written", [False, True])
def test_captions_must_be_read_by_somebody(cast: Cast, draft: KitVersion, written: bool) -> None:
    question = draft.questions.get(place=2)
    captions = make_captions(question.prompt, None) if written else None
    Question.objects.filter(id=question.id).update(captions=captions)
    welcome = make_recording(cast.ada)
    welcome_captions = make_captions(welcome, None) if written else None
    KitVersion.objects.filter(id=draft.id).update(welcome_prompt=welcome, welcome_captions=welcome_captions)
    assert codes(draft) == ["welcome_captions", "captions"]
    found = blockers(KitVersion.objects.get(id=draft.id))[1]
    assert found.place == 2 and "captions of question 2" in found.words and hasattr(Question, found.field)


@pytest.mark.parametrize(("state", "word"), [(RecordingState.RECEIVED, "receiving"), (RecordingState.FAILED, "failed")])
def test_sign_language_is_no_duty_but_must_be_playable(cast: Cast, draft: KitVersion, state: str, word: str) -> None:
    recording = make_recording(cast.ada, state)
    Question.objects.filter(kit_version=draft, place=3).update(sign=recording)
    KitVersion.objects.filter(id=draft.id).update(welcome_sign=recording)
    assert codes(draft) == [f"welcome_sign_{word}", f"sign_{word}"]
    ready = make_recording(cast.ada)
    Question.objects.filter(kit_version=draft, place=3).update(sign=ready)
    KitVersion.objects.filter(id=draft.id).update(welcome_sign=ready)
    assert codes(draft) == []


def test_a_written_reason_stands_for_the_prompt_and_for_the_worse_setting(draft: KitVersion) -> None:
    Question.objects.filter(kit_version=draft, place=1).update(prompt=None, no_prompt_reason="A drawing goes with it.")
    Question.objects.filter(kit_version=draft, place=2).update(answer_limit_s=60, reason="Only the first steps.")
    assert codes(draft) == []


def test_more_than_the_default_needs_no_reason(draft: KitVersion) -> None:
    Question.objects.filter(kit_version=draft).update(answer_limit_s=300, takes_allowed=5)
    assert codes(draft) == []


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (RecordingState.RECEIVING, "receiving"),
        (RecordingState.RECEIVED, "receiving"),
        (RecordingState.FAILED, "failed"),
    ],
)
def test_a_prompt_must_be_playable(cast: Cast, draft: KitVersion, state: str, word: str) -> None:
    recording = make_recording(cast.ada, state)
    Question.objects.filter(kit_version=draft, place=3).update(prompt=recording)
    KitVersion.objects.filter(id=draft.id).update(welcome_prompt=recording)
    assert codes(draft) == [f"welcome_{word}", f"prompt_{word}"]


def test_an_empty_kit_is_not_ready(draft: KitVersion) -> None:
    draft.questions.all().delete()
    assert codes(draft) == ["questions_none"]


@pytest.mark.parametrize(("count", "long"), [(6, False), (7, True)])
def test_more_than_six_questions_are_many(cast: Cast, count: int, long: bool) -> None:
    assert is_long(list(questions_of(make_kit_version(cast.ada, questions=count)))) is long


def test_the_minutes_are_the_sum_of_what_a_candidate_does(cast: Cast, draft: KitVersion) -> None:
    """19 s for each of 4 prompts, a minute to think about each, 3 minutes for each answer, 90 s to check."""
    KitVersion.objects.filter(id=draft.id).update(welcome_text="")
    minutes = candidate_minutes(KitVersion.objects.get(id=draft.id))
    assert (minutes.watch_s, minutes.think_s, minutes.answer_s, minutes.check_s) == (76, 240, 720, 90)
    assert minutes.minutes == 19 and minutes.is_comfortable


def test_a_question_without_prompt_takes_the_time_to_read_it(draft: KitVersion) -> None:
    KitVersion.objects.filter(id=draft.id).update(welcome_text="")
    draft.questions.exclude(place=1).delete()
    Question.objects.filter(kit_version=draft).update(prompt=None, text="x" * 140)
    assert candidate_minutes(KitVersion.objects.get(id=draft.id)).watch_s == 10


def test_readiness_and_minutes_cost_nothing_beside_the_questions(draft: KitVersion, django_assert_num_queries) -> None:
    version = KitVersion.objects.select_related("welcome_prompt").get(id=draft.id)
    with django_assert_num_queries(2):
        questions = list(questions_of(version))
        assert blockers(version, questions) == []
        assert candidate_minutes(version, questions).minutes
