"""The list of people: counts, order, pages without gaps or doubles, and finding somebody."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from bothways.interviews.actions.people_counts import MANY, forget_counts, people_counts
from bothways.interviews.models import Interview, InterviewState
from bothways.interviews.queries import people, person_words
from bothways.interviews.queries.people import Asked, Cursor
from bothways.interviews.queries.person_words import asked_words
from bothways.notify.models import Message, MessageState
from bothways.positions.models import Position
from bothways.work.actions.jobs import run_all_due
from bothways.work.models import Job
from tests.factories import make_interview, make_position, make_stage
from tests.factories.people import make_findable

NAMES = [
    "José Łukasz Weiß", "Jose Garcia", "Nguyễn Thị Minh Châu", "ليلى حداد", "Oluwaseun Adébáyọ̀", "Bo Li",
    "Aleksandra Wiśniewska-Kowalczyk", "O'Brien Maeve",
]  # fmt: skip


def add(stage, kit_version, name, **fields):
    return make_findable(make_interview(stage, kit_version, name, **fields))


@pytest.fixture
def everybody(cast):
    return [add(cast.stage, cast.kit_version, name) for name in NAMES]


@pytest.fixture
def position(cast):
    return Position.objects.select_related("organization").get(id=cast.position.id)


def found(position, text, **asked):
    page = people.page(position, Asked.read(text=text, **asked))
    return {interview.application.candidate.name for interview in page.interviews}


def walk(position, asked, size=3):
    seen = []
    while True:
        page = people.page(position, asked, size)
        seen += [interview.id for interview in page.interviews]
        if page.next is None:
            return seen
        asked = Asked(asked.state, asked.words, Cursor.read(str(page.next)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jose luk", "José Łukasz Weiß"), ("weiss", "José Łukasz Weiß"), ("WEISS", "José Łukasz Weiß"),
        ("chau", "Nguyễn Thị Minh Châu"), ("nguyen", "Nguyễn Thị Minh Châu"), ("ليل", "ليلى حداد"),
        ("adebayo", "Oluwaseun Adébáyọ̀"), ("kowal", "Aleksandra Wiśniewska-Kowalczyk"), ("brien", "O'Brien Maeve"),
        ("maeve obr", None),
    ],
)  # fmt: skip
def test_people_are_found_by_beginnings_of_words_without_accents(position, everybody, text, name):
    assert found(position, text) == ({name} if name else set())


def test_every_word_must_match(position, everybody):
    assert found(position, "jose") == {"José Łukasz Weiß", "Jose Garcia"}
    assert found(position, "jose gar") == {"Jose Garcia"}
    assert found(position, "gar jose") == {"Jose Garcia"}
    assert found(position, "jose xyz") == set()


def test_people_are_found_by_their_address(position, everybody):
    interview = everybody[5]
    email = interview.application.candidate.email
    assert found(position, email) == {"Bo Li"}
    assert found(position, email[:6].upper()) == {"Bo Li"}


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\U0010ffff", "   ", "-", "a" * 500])
def test_odd_searches_find_nobody_or_everybody_and_never_fail(position, everybody, text):
    assert found(position, text) in (set(), set(NAMES))


def test_a_broad_search_walks_the_list_and_finds_the_same(position, everybody, monkeypatch):
    few = [found(position, text) for text in ("jo", "o", "li", "net", "jose gar")]
    monkeypatch.setattr(person_words, "SELECTIVE", 0)
    assert [found(position, text) for text in ("jo", "o", "li", "net", "jose gar")] == few
    assert people.page(position, Asked.read(text="jo")).found is None


@given(st.text(max_size=40))
def test_asked_words_are_plain_and_few(text):
    words = asked_words(text)
    assert len(words) <= 5
    assert all(0 < len(word) <= 60 for word in words)


def test_pages_show_everybody_once_newest_first(position, everybody):
    ids = walk(position, Asked())
    assert ids == [interview.id for interview in reversed(everybody)]


def test_pages_hold_when_all_came_in_the_same_moment(position, everybody):
    Interview.objects.update(created_at=timezone.now())
    ids = walk(position, Asked(), size=2)
    assert len(ids) == len(set(ids)) == len(everybody)
    assert sorted(ids, reverse=True) == ids


def test_those_who_sent_come_by_how_long_they_wait(cast, position):
    now = timezone.now()
    sent = [
        add(
            cast.stage, cast.kit_version, name, state=InterviewState.SUBMITTED,
            submitted_at=now - dt.timedelta(hours=hours),
        )
        for name, hours in zip(NAMES, (5, 9, 2, 9, 7, 1, 3, 3), strict=True)
    ]  # fmt: skip
    ids = walk(position, Asked(state=InterviewState.SUBMITTED))
    assert ids == [one.id for one in sorted(sent, key=lambda one: (one.submitted_at, one.id))]


def test_a_page_of_one_state_shows_only_that(cast, position, everybody):
    expired = add(cast.stage, cast.kit_version, "Late Larkin", state=InterviewState.EXPIRED)
    assert walk(position, Asked.read(state="expired")) == [expired.id]
    assert found(position, "jose", state="expired") == set()
    assert found(position, "lark", state="expired") == {"Late Larkin"}


def test_the_export_walks_the_same_list(position, everybody):
    exported = [one.id for rows in people.pages(position, Asked(), size=3) for one in rows]
    assert exported == walk(position, Asked())


@pytest.mark.parametrize("text", ["", "x", "2026-01-01_x", "_", "2026-01-01T00:00:00_" + "0" * 32, "\x00", "9" * 99])
def test_a_broken_cursor_begins_at_the_start(text):
    assert Cursor.read(text) is None


def test_counts_name_every_state(cast, position, everybody):
    add(cast.stage, cast.kit_version, "Late Larkin", state=InterviewState.EXPIRED)
    assert people.count_by_state(position) == {
        "invited": 8, "opened": 0, "started": 0, "submitted": 0, "expired": 1, "withdrawn": 0,
    }  # fmt: skip


def test_other_positions_and_previews_are_not_in_it(cast, position, everybody):
    other = make_position(cast.ada, "Other")
    add(make_stage(other, cast.kit_version), cast.kit_version, "Jose Elsewhere")
    add(cast.stage, cast.kit_version, "Jose Preview")
    Interview.objects.filter(application__candidate__name="Jose Preview").update(is_preview=True, application=None)
    assert found(position, "jose") == {"José Łukasz Weiß", "Jose Garcia"}
    assert len(walk(position, Asked())) == len(NAMES)
    assert sum(people.count_by_state(position).values()) == len(NAMES)


def test_who_could_not_be_reached_is_marked(cast, position, everybody):
    Message.objects.create(
        organization=cast.organization, kind="interviews.invitation", to_email="x@example.net", language="en",
        subject="x", body_text="x", about_kind="interviews.interview", about_id=str(everybody[0].id),
        state=MessageState.FAILED,
    )  # fmt: skip
    assert people.page(position, Asked()).unreached == {everybody[0].id}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("text", "queries"), [("", 3), ("person", 4)])
def test_the_number_of_queries_is_fixed(cast, position, count, text, queries, django_assert_num_queries):
    for _ in range(count):
        add(cast.stage, cast.kit_version, "Person Somebody")
    with django_assert_num_queries(queries):
        page = people.page(position, Asked.read(text=text))
        assert [(one.application.candidate.name, one.stage.name, one.organization.name) for one in page.interviews]


def test_counts_of_a_long_list_are_kept_and_made_anew_by_a_job(cast, position, monkeypatch):
    monkeypatch.setattr("bothways.interviews.actions.people_counts.MANY", 2)
    interviews = [add(cast.stage, cast.kit_version, name) for name in NAMES]
    assert people_counts(position).total == len(interviews)
    add(cast.stage, cast.kit_version, "One More")
    assert people_counts(position).total == len(interviews)
    monkeypatch.setattr("bothways.interviews.actions.people_counts.FRESH", dt.timedelta(0))
    people_counts(position)
    people_counts(position)
    assert Job.objects.filter(name="interviews.recount").count() == 1
    run_all_due()
    assert people_counts(position).total == len(interviews) + 1
    add(cast.stage, cast.kit_version, "Yet One More")
    forget_counts(position)
    assert people_counts(position).total == len(interviews) + 2


def test_counts_of_a_short_list_are_exact(cast, position):
    assert MANY >= 1000
    assert people_counts(position).total == 0
    add(cast.stage, cast.kit_version, "One")
    assert people_counts(position).total == 1
