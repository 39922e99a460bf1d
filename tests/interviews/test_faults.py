"""Technical faults: a free take, a note for the administrator, and time given back; nothing of it for raters."""

import datetime as dt

import pytest
import time_machine

from bothways.accounts.models import AuditEntry
from bothways.interviews.actions.erasure import erase_unchosen
from bothways.interviews.actions.faults import MOST_FOR_A_TAKE, note_fault
from bothways.interviews.actions.progress import submit
from bothways.interviews.models import Fault, Interview, InterviewState, Take
from bothways.interviews.queries.faults import faults_page
from bothways.interviews.queries.limits import MOST_FREE_TAKES, takes_left
from bothways.interviews.queries.window import GRACE
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.models import Upload
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, answered, consented, opened, preview_of, question, recorded

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def interview(cast) -> Interview:
    return consented(make_interview(cast.stage, cast.kit_version))


def noted(take: Take, code: str = "device_lost", **more):
    said = {"detail": "track ended", "browser": "Firefox/153", **more}
    return note_fault(take=take, code=code, actor=actor_of(take.answer.interview), **said)


def left(interview: Interview, place: int = 1) -> int:
    asked = question(interview, place)
    return takes_left(asked, Take.objects.filter(answer__question=asked).select_related("recording"))


def test_a_take_with_a_fault_is_free(interview):
    take = opened(interview).take
    assert left(interview) == 2
    assert noted(take) is None, "the deadline is far away"
    assert left(interview) == 3
    assert opened(interview).takes_left == 2
    fault = Fault.objects.get()
    assert (fault.code, fault.detail, fault.browser, fault.place) == ("device_lost", "track ended", "Firefox/153", 1)
    assert AuditEntry.objects.get(verb="take.fault_noted").detail == {"code": "device_lost", "segment": None}


def test_free_takes_come_to_an_end(interview):
    for _ in range(MOST_FREE_TAKES):
        noted(opened(interview).take)
    assert left(interview) == 3
    for rest in (2, 1, 0):
        noted(opened(interview).take)
        assert left(interview) == rest
    with pytest.raises(Refused, match="no_takes_left"):
        opened(interview)


def test_told_twice_it_is_kept_once_and_of_another_segment_again(interview):
    take = opened(interview).take
    for segment in (1, 1, 2, None, None):
        noted(take, segment=segment)
    assert sorted(Fault.objects.values_list("segment", flat=True), key=str) == [1, 2, None]


def test_a_device_cannot_fill_the_list(interview):
    take = opened(interview).take
    for number in range(MOST_FOR_A_TAKE + 5):
        noted(take, code=f"code_{chr(97 + number % 26)}{chr(97 + number // 26)}")
    assert Fault.objects.count() == MOST_FOR_A_TAKE


def test_somebody_else_notes_nothing(interview, cast):
    other = make_interview(cast.stage, cast.kit_version, "Eve Adeyemi")
    with pytest.raises(NotAllowed):
        note_fault(take=opened(interview).take, code="silent", detail="", browser="", actor=actor_of(other))


def test_what_a_device_writes_is_cut_and_cleaned(interview):
    noted(opened(interview).take, detail="a\x00b\n" + "x" * 900, browser="y" * 900)
    fault = Fault.objects.get()
    assert fault.detail.startswith("a b x") and (len(fault.detail), len(fault.browser)) == (500, 300)


def test_on_the_last_day_a_fault_gives_a_day_from_now(interview):
    take = opened(interview).take
    with time_machine.travel(interview.deadline - 2 * HOUR, tick=False):
        moved = noted(take)
    assert moved is not None
    interview.refresh_from_db()
    assert interview.deadline == moved.deadline == moved.made_up_at + 24 * HOUR
    assert Upload.objects.get().expires_at == interview.deadline + GRACE
    entry = AuditEntry.objects.get(verb="interview.made_up")
    assert (entry.actor_kind, entry.detail["because"]) == ("system", "fault")


def test_in_the_grace_after_the_deadline_it_does_so_too(interview):
    take = opened(interview).take
    Interview.objects.update(state=InterviewState.EXPIRED)
    with time_machine.travel(interview.deadline + 3 * HOUR, tick=False):
        assert noted(take) is not None
        assert opened(interview).takes_left == 2
    interview.refresh_from_db()
    assert interview.state == InterviewState.STARTED


@pytest.mark.parametrize("hours", [-25, 25])
def test_earlier_and_later_a_fault_moves_nothing(interview, hours):
    take = opened(interview).take
    before = interview.deadline
    with time_machine.travel(before + hours * HOUR, tick=False):
        assert noted(take) is None
    interview.refresh_from_db()
    assert interview.deadline == before


def test_faults_do_not_move_the_deadline_for_ever(interview):
    take = opened(interview).take
    first = interview.deadline
    moves = 0
    for number in range(10):
        interview.refresh_from_db()
        with time_machine.travel(interview.deadline - HOUR, tick=False):
            moves += noted(take, segment=number + 1) is not None
    assert moves == 3
    interview.refresh_from_db()
    assert interview.deadline == first + 3 * 23 * HOUR


def test_many_faults_in_one_hour_move_it_once(interview):
    take = opened(interview).take
    with time_machine.travel(interview.deadline - HOUR, tick=False) as clock:
        for number in range(5):
            noted(take, segment=number + 1)
            clock.shift(60)
    assert AuditEntry.objects.filter(verb="interview.made_up").count() == 1


def test_a_preview_notes_faults_like_an_interview(cast):
    preview = consented(preview_of(cast.kit_version))
    noted(opened(preview).take)
    assert Fault.objects.count() == 1


def test_faults_outlive_takes_that_nobody_chose_and_go_with_everything_else(interview):
    answered(interview)
    lost = recorded(interview)
    noted(lost)
    submit(interview=interview, actor=actor_of(interview))
    erase_unchosen(interview.id)
    assert not Take.objects.filter(id=lost.id).exists()
    assert Fault.objects.get().take_id is None


def test_the_list_is_of_one_organization_in_pages(interview, cast, django_assert_num_queries):
    take = opened(interview).take
    for number in range(5):
        noted(take, segment=number + 1)
    assert faults_page(cast.other_organization).faults == []
    with django_assert_num_queries(1):
        page = faults_page(cast.organization, size=3)
        assert [fault.interview.code_name for fault in page.faults] == [interview.code_name] * 3
    rest = faults_page(cast.organization, before=page.older, size=3)
    assert len(rest.faults) == 2 and rest.older is None
