"""Notes at a second or over a stretch: kept at each keystroke, on every device, until the scorecard is handed in."""

import uuid

import pytest

from bothways.interviews.actions.erasure import erase_answers
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Transcript
from bothways.review.actions.pinned_notes import LONGEST_PINNED, MOST_PINNED, Pin, Quote, pin_note, unpin_note
from bothways.review.actions.retention import erase_due
from bothways.review.actions.scorecards import Overtaken
from bothways.review.models import Decision, PinnedNote, Scorecard
from bothways.review.queries.pinned_notes import handed_in_pinned_notes, own_pinned_notes
from tests.factories import make_kit_version, make_submitted_interview, make_written_answer
from tests.factories.review import rate
from tests.factories.speaking import say

KEY = uuid.UUID(int=1)


@pytest.fixture
def bo(cast):
    return cast.actor(cast.bo)


@pytest.fixture
def question(cast):
    return cast.kit_version.questions.first()


def pin(actor, interview, question, text="", *, at=42_000, to=None, key=KEY, quote=None, revision=None):
    return pin_note(
        actor=actor,
        interview=interview,
        question_id=question.id,
        client_key=key,
        pin=Pin(at, to, text, quote),
        revision=revision,
    )


@pytest.fixture(autouse=True)
def a_minute_long(interview):
    for answer in interview.answers.select_related("chosen_take__recording"):
        answer.chosen_take.recording.duration_ms = 64_500
        answer.chosen_take.recording.save()


def test_each_keystroke_is_one_note_that_grows(bo, interview, question):
    for number, text in enumerate(("", "T", "Tells her first")):
        note = pin(bo, interview, question, text, to=50_000, revision=number)
    assert PinnedNote.objects.get() == note
    assert (note.start_ms, note.end_ms, note.text, note.revision) == (42_000, 50_000, "Tells her first", 3)
    assert note.recording == interview.answers.get(question=question).chosen_take.recording
    assert Scorecard.objects.get().submitted_at is None


def test_sending_again_after_a_lost_line_doubles_nothing(bo, interview, question):
    first = pin(bo, interview, question, "once", revision=0)
    assert pin(bo, interview, question, "once", revision=0) == first
    assert PinnedNote.objects.get().revision == 1


def test_an_old_draft_gets_what_stands_and_overwrites_nothing(bo, interview, question):
    pin(bo, interview, question, "from the laptop", revision=0)
    with pytest.raises(Overtaken) as caught:
        pin(bo, interview, question, "from the phone, an hour ago", revision=0)
    assert (caught.value.current.text, caught.value.current.revision) == ("from the laptop", 1)
    assert PinnedNote.objects.get().text == "from the laptop"


def test_a_removed_note_comes_back_only_when_somebody_says_so(bo, interview, question):
    pin(bo, interview, question, "words")
    gone = unpin_note(actor=bo, interview=interview, question_id=question.id, client_key=KEY, revision=1)
    assert (gone.text, gone.revision) == ("", 2)
    assert unpin_note(actor=bo, interview=interview, question_id=question.id, client_key=KEY, revision=1) == gone
    assert own_pinned_notes(gone.scorecard, question) == []
    for text in ("words", "more words"):
        with pytest.raises(Overtaken) as caught:
            pin(bo, interview, question, text, revision=1)
        assert caught.value.current.removed_at
    pin(bo, interview, question, "more words", revision=2)
    assert [note.text for note in own_pinned_notes(gone.scorecard, question)] == ["more words"]


def test_removing_what_was_changed_meanwhile_asks_first(bo, interview, question):
    pin(bo, interview, question, "a")
    pin(bo, interview, question, "b")
    with pytest.raises(Overtaken):
        unpin_note(actor=bo, interview=interview, question_id=question.id, client_key=KEY, revision=1)
    assert PinnedNote.objects.get().text == "b"


def test_removing_what_never_was_is_no_fault(bo, interview, question):
    assert unpin_note(actor=bo, interview=interview, question_id=question.id, client_key=KEY, revision=0) is None


def test_notes_stand_in_the_order_of_their_times(bo, interview, question, django_assert_num_queries):
    for number, at in enumerate((9_000, 2_000, 30_000)):
        pin(bo, interview, question, str(at), at=at, key=uuid.UUID(int=number))
    other = cast_other(interview, question)
    pin(bo, interview, other, "elsewhere", key=uuid.UUID(int=9))
    scorecard = Scorecard.objects.get()
    with django_assert_num_queries(1):
        notes = own_pinned_notes(scorecard, question)
    assert [note.text for note in notes] == ["2000", "9000", "30000"]


def cast_other(interview, question):
    return interview.kit_version.questions.exclude(id=question.id).first()


@pytest.mark.parametrize(
    ("at", "to", "code"),
    [(-1, None, "outside"), (65_001, None, "outside"), (10**12, None, "outside"), (0, 65_001, "outside"),
     (9_000, 9_000, "end"), (9_000, 8_000, "end"), (64_800, 65_000, "end")],
)  # fmt: skip
def test_times_that_no_recording_has_are_refused_in_words(bo, interview, question, at, to, code):
    with pytest.raises(Refused) as caught:
        pin(bo, interview, question, "x", at=at, to=to)
    assert caught.value.code == code and "kept" in caught.value.words
    assert not PinnedNote.objects.exists()


def test_the_last_second_is_in_the_recording_though_it_is_cut_short(bo, interview, question):
    note = pin(bo, interview, question, "x", at=60_000, to=65_000)
    assert (note.start_ms, note.end_ms) == (60_000, 64_500)


def test_a_note_that_is_too_long_leaves_the_last_one(bo, interview, question):
    pin(bo, interview, question, "short")
    with pytest.raises(Refused, match="what was saved before is kept"):
        pin(bo, interview, question, "x" * (LONGEST_PINNED + 1))
    assert PinnedNote.objects.get().text == "short"


def test_an_answer_has_room_for_so_many(bo, interview, question):
    for number in range(MOST_PINNED):
        pin(bo, interview, question, key=uuid.UUID(int=number))
    with pytest.raises(Refused, match="many"):
        pin(bo, interview, question, key=uuid.UUID(int=MOST_PINNED))
    unpin_note(actor=bo, interview=interview, question_id=question.id, client_key=uuid.UUID(int=3))
    assert pin(bo, interview, question, key=uuid.UUID(int=MOST_PINNED)).revision == 1


def test_questions_of_another_kit_and_notes_of_another_question_are_refused(cast, bo, interview, question):
    foreign = make_kit_version(cast.ada).questions.first()
    with pytest.raises(Refused, match="question"):
        pin(bo, interview, foreign)
    pin(bo, interview, question, "here")
    with pytest.raises(Refused, match="question"):
        pin(bo, interview, cast_other(interview, question), "there")
    with pytest.raises(Refused, match="question"):
        unpin_note(actor=bo, interview=interview, question_id=cast_other(interview, question).id, client_key=KEY)
    assert PinnedNote.objects.get().question == question


def test_what_was_written_has_no_seconds(cast, bo, interview, question):
    interview.answers.get(question=question).delete()
    make_written_answer(interview, question)
    with pytest.raises(Refused, match="no_recording"):
        pin(bo, interview, question, "x")


def test_quoted_words_must_have_been_said_and_stay_as_they_stood(bo, interview, question):
    say(interview, question.place, "I rang her first.", "Then I asked about the rent.")
    quote = Quote("her first.\n Then I asked", 500, 3000)
    note = pin(bo, interview, question, "Says it first", at=500, to=3000, quote=quote)
    assert (note.quote, note.quote_start_ms, note.quote_end_ms) == ("her first. Then I asked", 500, 3000)
    with pytest.raises(Refused, match="quote"):
        pin(bo, interview, question, key=uuid.UUID(int=2), quote=Quote("I hate people.", 0, 1000))
    Transcript.objects.update(machine=[])
    again = pin(bo, interview, question, "Says it first, then listens", at=500, to=3000, quote=quote)
    assert (again.quote, again.revision) == ("her first. Then I asked", 2)


def test_words_of_a_transcript_that_is_switched_off_cannot_be_quoted(bo, interview, question):
    transcript = say(interview, question.place, "I rang her first.")
    Transcript.objects.filter(id=transcript.id).update(switched_off_at=transcript.created_at)
    with pytest.raises(Refused, match="quote"):
        pin(bo, interview, question, quote=Quote("I rang her first.", 0, 1000))


@pytest.mark.parametrize("quote", [Quote("I rang", 900, 900), Quote("I rang", -1, 900), Quote(" ", 0, 900)])
def test_quotes_that_no_page_sends_are_refused(bo, interview, question, quote):
    say(interview, question.place, "I rang her first.")
    with pytest.raises(Refused):
        pin(bo, interview, question, quote=quote)


def test_handed_in_is_closed(cast, bo, interview, question):
    note = pin(bo, interview, question, "before")
    rate(cast.bo, interview, (3, 3, 3, 3))
    with pytest.raises(Refused, match="locked"):
        pin(bo, interview, question, "after")
    with pytest.raises(Refused, match="locked"):
        unpin_note(actor=bo, interview=interview, question_id=question.id, client_key=KEY)
    assert handed_in_pinned_notes([note.scorecard], question) == {note.scorecard_id: [note]}


def test_only_who_rates_here_pins(cast, interview, question):
    for member in (cast.ada, cast.rafael, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            pin(cast.actor(member), interview, question, "x")
        with pytest.raises(NotAllowed):
            unpin_note(actor=cast.actor(member), interview=interview, question_id=question.id, client_key=KEY)
    assert not Scorecard.objects.exists()


def test_one_key_of_two_members_is_two_notes(cast, bo, interview, question):
    pin(bo, interview, question, "Bo's")
    pin(cast.actor(cast.ines), interview, question, "Inês's")
    assert {(note.scorecard.member, note.text) for note in PinnedNote.objects.all()} == {
        (cast.bo, "Bo's"), (cast.ines, "Inês's")
    }  # fmt: skip


def test_open_scorecards_and_empty_marks_are_nobodys_business(cast, bo, interview, question, django_assert_num_queries):
    pin(bo, interview, question, "", key=uuid.UUID(int=2))
    note = pin(bo, interview, question, "words")
    assert handed_in_pinned_notes([note.scorecard], question) == {}
    rate(cast.bo, interview, (3, 3, 3, 3))
    with django_assert_num_queries(1):
        assert handed_in_pinned_notes([note.scorecard], question) == {note.scorecard_id: [note]}


def decide(cast, interview):
    Decision.objects.create(
        organization=cast.organization, interview=interview, outcome="decline", reason="Written.", decided_by=cast.ada
    )


def test_pinned_notes_go_with_the_scorecard(cast, bo, interview, question, in_days):
    pin(bo, interview, question, "x")
    decide(cast, interview)
    erase_due(in_days(181))
    assert not PinnedNote.objects.exists()


def test_pinned_notes_outlive_the_recording_where_records_do(cast, bo, interview, question, in_days):
    cast.organization.retention_profile = "fr"
    cast.organization.save()
    pin(bo, interview, question, "x")
    decide(cast, interview)
    erase_due(in_days(181))
    note = PinnedNote.objects.get()
    assert (note.text, note.recording) == ("x", None)


def test_words_of_who_took_part_no_more_go_with_the_recordings(cast, bo, interview, question, in_days):
    kept = make_submitted_interview(cast.stage, cast.kit_version)
    for one in (interview, kept):
        say(one, question.place, "I rang her first.")
        pin(bo, one, question, "Note", at=0, quote=Quote("I rang", 0, 900), key=uuid.uuid4())
    type(interview).objects.filter(id=interview.id).update(state="withdrawn")
    erase_due(in_days(0))
    assert PinnedNote.objects.get(scorecard__interview=interview).quote == "I rang"
    erase_answers(interview)
    erase_due(in_days(0))
    assert PinnedNote.objects.get(scorecard__interview=interview).quote == ""
    assert PinnedNote.objects.get(scorecard__interview=kept).quote == "I rang"
