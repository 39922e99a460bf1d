import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.answering import WrittenElsewhere
from bothways.interviews.actions.erasure import erase_all, erase_unchosen
from bothways.interviews.actions.note import write_note
from bothways.interviews.actions.progress import submit, withdraw
from bothways.interviews.actions.takes import accept_take, choose_take
from bothways.interviews.actions.written import Given, keep_written, save_draft
from bothways.interviews.models import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    Answer,
    CandidateSettings,
    Interview,
    InterviewState,
    NoteToReviewers,
    Take,
    WrittenAnswer,
)
from bothways.interviews.queries.reading import SHORTEST_READING_MS
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, answered, consented, opened, put_bytes, question, recorded, settled

WORDS = "I rang her first. Then I found out who owned the job."


@pytest.fixture
def interview(cast) -> Interview:
    return consented(make_interview(cast.stage, cast.kit_version))


def draft(interview: Interview, text: str = WORDS, place: int = 1, **more) -> WrittenAnswer:
    asked = question(interview, place)
    return save_draft(interview=interview, question=asked, text=text, actor=actor_of(interview), **more)


def keep(interview: Interview, text: str = WORDS, place: int = 1, **more) -> WrittenAnswer:
    given = Given(text=text, **{name: more.pop(name) for name in ("options", "number") if name in more})
    asked = question(interview, place)
    return keep_written(interview=interview, question=asked, given=given, actor=actor_of(interview), **more)


def make(interview: Interview, **fields) -> Question:
    Question.objects.filter(kit_version=interview.kit_version, place=1).update(**fields)
    return question(interview)


def test_words_are_saved_as_they_are_written_and_are_the_answer_once_kept(interview):
    assert draft(interview, "I rang").revision == 1
    assert draft(interview, "I rang her").revision == 2
    assert draft(interview, "I rang her").revision == 2
    answer = Answer.objects.get()
    assert answer.chosen_written is None
    keep(interview)
    answer.refresh_from_db()
    assert answer.chosen_written.text == WORDS
    assert Interview.objects.get().state == InterviewState.STARTED
    verbs = list(AuditEntry.objects.filter(verb__startswith="written.").values_list("verb", flat=True))
    assert sorted(verbs) == ["written.begun", "written.chosen"]


def test_what_was_kept_last_counts(interview):
    take = recorded(interview)
    assert Answer.objects.get().chosen_take_id == take.id
    keep(interview)
    answer = Answer.objects.get()
    assert (answer.chosen_take_id, answer.chosen_written.text) == (None, WORDS)
    choose_take(take=take, actor=actor_of(interview))
    answer.refresh_from_db()
    assert (answer.chosen_take_id, answer.chosen_written_id) == (take.id, None)
    assert WrittenAnswer.objects.get().text == WORDS
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(chosen_written=WrittenAnswer.objects.get())


def test_a_new_take_does_not_push_kept_words_aside(interview):
    keep(interview)
    take = opened(interview).take
    put_bytes(take, b"speech")
    accept_take(take=take, size=6, duration_ms=2000, actor=actor_of(interview))
    settled(take)
    assert Answer.objects.get().chosen_written is not None


def test_kept_words_that_are_emptied_are_no_answer(interview):
    keep(interview)
    draft(interview, " \n ")
    assert Answer.objects.get().chosen_written is None
    with pytest.raises(Refused, match="empty"):
        keep(interview, " ")


def test_line_ends_do_not_count_twice_and_the_limit_is_said(interview):
    assert draft(interview, "a\r\nb").text == "a\nb"
    draft(interview, "x" * LONGEST_TEXT)
    with pytest.raises(Refused, match="too_long") as refused:
        draft(interview, "x" * (LONGEST_TEXT + 12))
    assert "Shorten it by 12" in refused.value.words
    assert len(WrittenAnswer.objects.get().text) == LONGEST_TEXT


def test_two_devices_do_not_overwrite_one_another(interview):
    first = draft(interview, "On the laptop")
    draft(interview, "On the telephone", revision=first.revision)
    for write in (draft, keep):
        with pytest.raises(WrittenElsewhere) as newer:
            write(interview, "On the laptop, more", revision=first.revision)
        assert newer.value.current.text == "On the telephone"
    assert draft(interview, "On the telephone", revision=first.revision).revision == 2
    assert keep(interview, "On the laptop, more", revision=2).text == "On the laptop, more"


def test_nothing_is_kept_without_consent_or_after_sending_or_too_late(cast, interview):
    with pytest.raises(Refused, match="no_consent"):
        draft(make_interview(cast.stage, cast.kit_version, "Ola Late"))
    draft(interview)
    with time_machine.travel(interview.deadline + dt.timedelta(hours=1)):
        assert draft(interview, WORDS + " More.").text.endswith("More.")
        with pytest.raises(Refused, match="deadline"):
            draft(interview, place=2)
    with time_machine.travel(interview.deadline + dt.timedelta(hours=25)), pytest.raises(Refused, match="deadline"):
        keep(interview)
    answered(interview)
    submit(interview=interview, actor=actor_of(interview))
    with pytest.raises(Refused, match="submitted"):
        draft(interview, "Later")


def test_only_the_candidate_writes(cast, interview):
    for actor in (cast.actor(cast.ada), cast.actor(cast.cleo), actor_of(make_interview(cast.stage, cast.kit_version))):
        with pytest.raises(NotAllowed):
            save_draft(interview=interview, question=question(interview), text=WORDS, actor=actor)


def test_words_can_be_sent_like_recordings(interview):
    for place in (1, 2, 3):
        recorded(interview, place)
    draft(interview, place=4)
    with pytest.raises(Refused, match="not_ready"):
        submit(interview=interview, actor=actor_of(interview))
    keep(interview, place=4)
    assert submit(interview=interview, actor=actor_of(interview))


def test_what_was_not_chosen_goes_after_sending(interview):
    answered(interview)
    draft(interview, place=1)
    keep(interview, place=2)
    submit(interview=interview, actor=actor_of(interview))
    assert erase_unchosen(interview.id) == 2
    assert list(WrittenAnswer.objects.values_list("answer__question__place", flat=True)) == [2]
    assert sorted(Take.objects.values_list("answer__question__place", flat=True)) == [1, 3, 4]
    assert erase_unchosen(interview.id) == 0


def test_who_withdraws_takes_all_words_along(interview):
    keep(interview)
    write_note(interview=interview, text="I am deaf.", actor=actor_of(interview))
    CandidateSettings.objects.create(organization=interview.organization, interview=interview, mode="sign")
    withdraw(interview=interview, actor=actor_of(interview))
    assert erase_all(interview.id) == 3
    assert erase_all(interview.id) == 0
    for model in (WrittenAnswer, NoteToReviewers, CandidateSettings):
        assert not model.objects.exists()


def test_one_option_is_one_option(interview):
    make(interview, answer_kind="choice", options=["Days", "Nights", "Both"])
    keep(interview, options=[1])
    assert WrittenAnswer.objects.get().options == [1]
    for options in ([], [0, 1], [3], [-1]):
        with pytest.raises(Refused):
            keep(interview, options=options)
    assert WrittenAnswer.objects.get().options == [1]


def test_a_choice_is_not_recorded(interview):
    make(interview, answer_kind="choice", options=["Days", "Nights"])
    with pytest.raises(Refused, match="not_recorded"):
        opened(interview)


def test_several_options_where_the_question_says_so(interview):
    make(interview, answer_kind="choice", options=["Days", "Nights", "Both"], picks_several=True)
    keep(interview, options=[2, 0, 2])
    assert WrittenAnswer.objects.get().options == [0, 2]


def test_a_number_within_its_bounds(interview):
    make(interview, answer_kind="number", unit="hours", number_min=Decimal(10), number_max=Decimal("37.5"))
    assert keep(interview, number=Decimal("37.5")).number == Decimal("37.5")
    for number in (None, Decimal(9), Decimal("37.51"), Decimal("NaN"), Decimal("20.00001")):
        with pytest.raises(Refused):
            keep(interview, number=number)
    with pytest.raises(Refused, match="not_in_writing"):
        draft(interview)


def test_reading_takes_its_time(interview):
    assert keep(interview, "Yes.").reading_ms == SHORTEST_READING_MS
    assert keep(interview, "x" * 2800).reading_ms == 100_000


def test_a_note_is_saved_changed_and_taken_away(interview):
    actor = actor_of(interview)
    note = write_note(interview=interview, text=" I stammer. It is not nerves.\r\n", actor=actor, revision=0)
    assert (note.text, note.revision) == ("I stammer. It is not nerves.", 1)
    write_note(interview=interview, text="I stammer.", actor=actor, revision=1)
    with pytest.raises(WrittenElsewhere):
        write_note(interview=interview, text="Hello.", actor=actor, revision=1)
    with pytest.raises(Refused, match="too_long"):
        write_note(interview=interview, text="x" * (LONGEST_NOTE + 1), actor=actor)
    assert write_note(interview=interview, text=" ", actor=actor, revision=2) is None
    assert not NoteToReviewers.objects.exists()
    assert set(AuditEntry.objects.filter(verb__startswith="note.").values_list("verb", flat=True)) == {
        "note.written",
        "note.removed",
    }


def test_a_note_goes_out_with_the_answers_and_stays(interview):
    answered(interview)
    actor = actor_of(interview)
    write_note(interview=interview, text="I stammer.", actor=actor)
    submit(interview=interview, actor=actor)
    with pytest.raises(Refused, match="submitted"):
        write_note(interview=interview, text="I do not.", actor=actor)
    assert NoteToReviewers.objects.get().text == "I stammer."
