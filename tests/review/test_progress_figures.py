"""How far the people of a stage have come, and what is never told about few of them."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bothways.interviews.models import Interview, Passage
from bothways.review.actions import progress as keeping
from bothways.review.actions.progress import progress_of, recount_progress
from bothways.review.models import Decision
from bothways.review.progress import Group, Milestone, groups
from bothways.review.queries.progress import count_progress
from bothways.work.models import Job
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.factories.agreeing import hand_in, usual
from tests.factories.review import watch

DAY = dt.timedelta(days=1)


def make_way(cast: Cast, state: str, days: int = 0, device: str = "phone", **moments: object) -> Interview:
    """Invited ten days ago, opened a day later, began two days later; with one question opened and answered."""
    invited = timezone.now() - 10 * DAY
    fields: dict[str, object] = {"opened_at": invited + DAY, "started_at": invited + 3 * DAY, **moments}
    if state == "submitted":
        fields.setdefault("submitted_at", invited + 3 * DAY + dt.timedelta(hours=2))
    interview = make_interview(cast.stage, cast.kit_version, "Eve Way", state=state, **fields)
    Interview.objects.filter(id=interview.id).update(created_at=invited)
    first = cast.kit_version.questions.get(place=1)
    Passage.objects.create(
        organization=cast.organization,
        interview=interview,
        question=first,
        device=device,
        mode="sign" if device == "tablet" else "video",
        answered_at=invited + 3 * DAY,
    )
    return interview


def milestones(cast: Cast) -> dict[str, int]:
    return {one.milestone.value: one.people for one in count_progress(cast.stage).milestones}


def test_each_step_counts_whoever_came_so_far_whatever_became_of_them(cast: Cast) -> None:
    make_interview(cast.stage, cast.kit_version, state="invited")
    make_interview(cast.stage, cast.kit_version, state="expired", opened_at=timezone.now())
    make_way(cast, "withdrawn")
    sent = make_way(cast, "submitted")
    other = make_way(cast, "submitted")
    make_way(cast, "withdrawn", submitted_at=timezone.now())
    hand_in(cast.bo, [sent, other], usual)
    hand_in(cast.ines, [sent], usual)
    for outcome in ("hold", "decline"):
        Decision.objects.create(
            organization=cast.organization, interview=sent, outcome=outcome, reason="x", decided_by=cast.ada
        )
    assert milestones(cast) == {
        "invited": 6, "opened": 5, "started": 4, "submitted": 3, "reviewed": 1, "decided": 1, "replied": 0,
    }  # fmt: skip
    Decision.objects.filter(outcome="decline").update(replied_at=timezone.now())
    assert milestones(cast)["replied"] == 1
    Decision.objects.update(reversed_at=timezone.now())
    assert milestones(cast)["decided"] == 0


def test_times_are_medians_of_those_who_made_both_steps(cast: Cast) -> None:
    for _person in range(3):
        make_way(cast, "submitted")
    make_interview(cast.stage, cast.kit_version, state="invited")
    took = {one.milestone: one.seconds for one in count_progress(cast.stage).milestones}
    assert took[Milestone.INVITED] is None and took[Milestone.REVIEWED] is None
    assert took[Milestone.OPENED] == DAY.total_seconds() and took[Milestone.STARTED] == 2 * DAY.total_seconds()
    assert took[Milestone.SUBMITTED] == 7200


def test_questions_count_passages_and_answers_that_came_before_there_were_any(cast: Cast) -> None:
    make_way(cast, "started")
    make_submitted_interview(cast.stage, cast.kit_version)
    assert count_progress(cast.stage).questions == ((1, 2), (2, 1), (3, 1), (4, 1))


def test_minutes_asked_stand_beside_minutes_given(cast: Cast) -> None:
    interview = make_submitted_interview(cast.stage, cast.kit_version)
    make_interview(cast.stage, cast.kit_version, state="started")
    watch(cast.bo, interview)
    watch(cast.ines, interview, places=(1,))
    progress = count_progress(cast.stage)
    assert progress.given_s == 4 * 30 + 30
    assert progress.asked_s == 18 * 60


def test_nothing_of_previews_and_of_other_stages(cast: Cast) -> None:
    make_interview(cast.stage, cast.kit_version)
    Interview.objects.update(is_preview=True, application=None)
    assert count_progress(cast.stage).people == 0


KEYS = ("a", "b", "c")


def began(**many: tuple[int, int]) -> list[tuple[str, bool]]:
    """So many in each group sent, and so many did not."""
    return [row for key, (sent, not_sent) in many.items() for row in [(key, True)] * sent + [(key, False)] * not_sent]


@pytest.mark.parametrize(
    ("many", "told"),
    [
        ({}, (None, None, None)),
        ({"a": (9, 0)}, (None, None, None)),
        ({"a": (20, 0)}, (20, 0, 0)),
        # Three are hidden, and 30 of 33 stand above: the next smallest is hidden, too.
        ({"a": (15, 0), "b": (12, 0), "c": (3, 0)}, (15, None, None)),
        ({"a": (15, 0), "b": (1, 0), "c": (4, 0)}, (None, None, None)),
        ({"a": (30, 0), "b": (5, 0), "c": (5, 0)}, (30, None, None)),
    ],
)
def test_what_is_hidden_cannot_be_had_by_subtraction(many: dict, told: tuple) -> None:
    found = {group.key: group.began for group in groups(KEYS, began(**many))}
    shown = {key: number for key, number in found.items() if number}
    assert shown == {key: number for key, number in zip(KEYS, told, strict=True) if number}
    hidden = sum(sum(pair) for key, pair in many.items() if key not in shown)
    assert hidden == 0 or hidden >= 10 or not shown


def test_how_many_sent_is_told_where_ten_did_and_ten_did_not() -> None:
    assert groups(KEYS, began(a=(10, 10)))[0] == Group("a", 20, 10)
    for pair in ((11, 9), (9, 11), (20, 0), (0, 20)):
        assert groups(KEYS, began(a=pair))[0] == Group("a", 20, None)


def test_one_person_more_changes_no_group(cast: Cast) -> None:
    for _person in range(20):
        make_way(cast, "submitted")
    before = count_progress(cast.stage)
    for device in ("tablet", "desktop", "phone"):
        make_way(cast, "submitted", device=device)
        now = count_progress(cast.stage)
        assert (now.devices, now.modes) == (before.devices, before.modes)


def test_a_short_list_is_counted_at_each_look_and_a_long_one_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    make_way(cast, "submitted")
    assert progress_of(cast.stage).people == 1
    make_way(cast, "submitted")
    assert progress_of(cast.stage).people == 2
    monkeypatch.setattr(keeping, "MANY", 2)
    make_way(cast, "submitted")
    assert progress_of(cast.stage).people == 3
    make_way(cast, "submitted")
    assert progress_of(cast.stage).people == 3 and not Job.objects.filter(name="review.progress").exists()
    monkeypatch.setattr(keeping, "FRESH", dt.timedelta(0))
    assert progress_of(cast.stage).people == 3
    job = Job.objects.get(name="review.progress")
    recount_progress(stage_id=job.payload["stage_id"])
    assert progress_of(cast.stage).people == 4
    cache.clear()


@pytest.mark.parametrize("people", [1, 12])
def test_counting_takes_the_same_queries_however_many_people(cast: Cast, people: int) -> None:
    for _person in range(people):
        make_way(cast, "submitted")
    with CaptureQueriesContext(connection) as captured:
        count_progress(cast.stage)
    assert len(captured) == 10
