"""The table of a stage: order, filters, pages, and what a rater does not learn before their own scorecard is in."""

import itertools
from urllib.parse import parse_qsl

import pytest

from bothways.accounts.models import Role
from bothways.interviews.models import Interview
from bothways.kits.models import Competency
from bothways.positions.models import StageReviewer
from bothways.review.actions.decisions import decide, reveal_name
from bothways.review.actions.shortlist import shortlist
from bothways.review.models import Decision
from bothways.review.queries import heat
from bothways.review.queries.heat_asked import Asked, Cursor
from bothways.review.queries.heat_rows import columns_of
from tests.factories import Cast, make_member, make_submitted_interview
from tests.factories.review import rate, watch

ADVANCE = {"outcome": "advance", "reason": "Good.", "reply_subject": "Hello", "reply_body": "Come."}


def person(cast: Cast, code_name: str, bo: tuple[int, ...] = (), ines: tuple[int, ...] = (), **fields) -> Interview:
    interview = make_submitted_interview(cast.stage, cast.kit_version, fields.pop("name", f"{code_name} Person"))
    interview.code_name = code_name
    interview.save()
    if bo:
        rate(cast.bo, interview, bo, **fields)
    if ines:
        rate(cast.ines, interview, ines)
    return interview


def seen(cast: Cast, member, size: int = heat.PAGE_SIZE, **given: str) -> heat.Heat:
    actor = cast.actor(member)
    _questions, columns = columns_of(cast.kit_version)
    interviews = heat.sent(actor, cast.stage, cast.kit_version)
    return heat.page(actor, cast.stage, interviews, columns, Asked.read(given), size)


def names(cast: Cast, member, **given: str) -> list[str]:
    codes = dict(Interview.objects.values_list("id", "code_name"))
    return [codes[row.id] for row in seen(cast, member, **given).rows]


@pytest.fixture
def five(cast: Cast) -> None:
    """Two means that are equal in different ways, one higher, one without evidence, one without a scorecard."""
    kindness = Competency.objects.create(organization=cast.organization, name="Kindness")
    cast.kit_version.questions.filter(place=4).update(competency=kindness)
    person(cast, "Dunlin", (3, 3, 3, 4), (4, 4, 4, 3))
    person(cast, "Avocet", (4, 4, 4, 3))
    person(cast, "Siskin", (5, 5, 5, 5), recommendation="decline")
    person(cast, "Plover", (0, 0, 0, 0), recommendation="hold")
    person(cast, "Bittern")


def test_the_highest_mean_first_ties_by_code_name_and_what_has_none_at_the_end(cast: Cast, five: None) -> None:
    assert names(cast, cast.rafael) == ["Siskin", "Avocet", "Dunlin", "Plover", "Bittern"]
    assert names(cast, cast.rafael, way="up") == ["Avocet", "Dunlin", "Siskin", "Plover", "Bittern"]


def test_any_column_sorts(cast: Cast, five: None) -> None:
    assert names(cast, cast.rafael, sort="q4") == ["Siskin", "Dunlin", "Avocet", "Plover", "Bittern"]
    assert names(cast, cast.rafael, sort="q1", way="up") == ["Dunlin", "Avocet", "Siskin", "Plover", "Bittern"]
    assert names(cast, cast.rafael, sort="name") == ["Avocet", "Dunlin", "Plover", "Siskin", "Bittern"]
    assert names(cast, cast.rafael, sort="recommended") == ["Dunlin", "Avocet", "Plover", "Siskin", "Bittern"]
    assert names(cast, cast.rafael, sort="q9; DROP") == names(cast, cast.rafael)


def test_what_reads_the_same_is_a_tie(cast: Cast) -> None:
    """3.75 and 3.833 are both shown as 3.8."""
    person(cast, "Wren", (4, 4, 4, 4), (4, 4, 3, 3))
    person(cast, "Heron", (4, 4, 4, 3))
    assert names(cast, cast.rafael) == ["Heron", "Wren"]


def test_a_row_has_what_its_cells_show(cast: Cast, five: None) -> None:
    row = next(row for row in seen(cast, cast.rafael).rows if row.name == "Dunlin")
    cells = [(cell.place, cell.mean, cell.raters, cell.level) for cell in row.cells]
    assert cells == [(1, 3500, 2, 4), (4, 3500, 2, 4)]
    assert (row.summary.mean, row.summary.raters, row.decision, row.can_be_decided) == (3500, 2, "", True)


@pytest.mark.parametrize("sort", ["mean", "q1", "q4", "name", "recommended"])
@pytest.mark.parametrize("way", ["up", "down"])
@pytest.mark.parametrize("who", ["rafael", "bo"])
def test_pages_of_any_size_are_the_whole_table(cast: Cast, five: None, sort: str, way: str, who: str) -> None:
    person(cast, "Egret", ines=(5, 5, 5, 5))
    member = getattr(cast, who)
    whole = [row.id for row in seen(cast, member, sort=sort, way=way).rows]
    assert len(whole) == 6
    for size in (1, 2, 3):
        found, after = [], ""
        for _page in itertools.count():
            page = seen(cast, member, size, sort=sort, way=way, after=after)
            found += [row.id for row in page.rows]
            if page.next is None:
                break
            after = str(page.next)
        assert found == whole


@pytest.mark.parametrize("after", ["", "x", "MA==", "////", "MAk5OTk5OTk5OTk5OTk5OTk5OTk5OQlh", "é"])
def test_a_cursor_that_is_none_begins_at_the_start(cast: Cast, five: None, after: str) -> None:
    assert Cursor.read(after, by_name=False) is None
    assert len(names(cast, cast.rafael, after=after)) == 5


def test_filters_leave_those_of_whom_it_is_true(cast: Cast, five: None) -> None:
    rafael = cast.actor(cast.rafael)
    by_name = {interview.code_name: interview for interview in Interview.objects.all()}
    assert names(cast, cast.rafael, recommended="decline") == ["Siskin"]
    assert names(cast, cast.rafael, recommended="differ") == []
    assert names(cast, cast.rafael, raters="complete") == ["Dunlin"]
    assert names(cast, cast.rafael, raters="missing") == ["Siskin", "Avocet", "Plover", "Bittern"]
    shortlist(actor=rafael, interview=by_name["Avocet"], on=True)
    assert names(cast, cast.rafael, shortlisted="1") == ["Avocet"]
    decide(actor=rafael, interview=by_name["Plover"], outcome="hold", reason="Later.")
    decide(actor=rafael, interview=by_name["Siskin"], **ADVANCE)
    assert names(cast, cast.rafael, decided="open") == ["Avocet", "Dunlin", "Bittern"]
    assert names(cast, cast.rafael, decided="hold") == ["Plover"]
    assert names(cast, cast.rafael, decided="advance") == ["Siskin"]
    assert names(cast, cast.rafael, decided="decline") == []
    assert seen(cast, cast.rafael, decided="advance").found == 1 and seen(cast, cast.rafael).found is None


def test_one_hold_after_the_other_is_one_row(cast: Cast, five: None) -> None:
    plover = Interview.objects.get(code_name="Plover")
    first = decide(actor=cast.actor(cast.rafael), interview=plover, outcome="hold", reason="Later.")
    decide(actor=cast.actor(cast.rafael), interview=plover, outcome="hold", reason="Later still.", seen=first.id)
    assert names(cast, cast.rafael, decided="hold") == ["Plover"]


def test_a_third_rater_is_wanted_for_two_who_disagree(cast: Cast) -> None:
    person(cast, "Heron", (1, 3, 3, 3), (3, 3, 3, 3))
    person(cast, "Wren", (2, 3, 3, 3), (3, 3, 3, 3))
    person(cast, "Knot", (3, 3, 3, 3), (3, 3, 3, 3), recommendation="decline")
    assert names(cast, cast.rafael, raters="third") == ["Knot", "Heron"]


def test_names_are_found_only_where_they_are_shown(cast: Cast) -> None:
    hidden = person(cast, "Heron", (3, 3, 3, 3), name="Xanthippe Rarebird")
    assert names(cast, cast.rafael, q="xanthi") == []
    assert names(cast, cast.rafael, q="hero") == ["Heron"]
    reveal_name(actor=cast.actor(cast.rafael), interview=hidden)
    assert names(cast, cast.rafael, q="xanthi") == ["Heron"]
    assert names(cast, cast.ada, q="xanthi") == []
    decide(actor=cast.actor(cast.rafael), interview=hidden, **ADVANCE)
    assert names(cast, cast.ada, q="xanthi") == ["Heron"]


class TestBeforeOnesOwnScorecard:
    """Inês rated three people, Bo one of them: for Bo the other two are closed."""

    @pytest.fixture(autouse=True)
    def three(self, cast: Cast) -> None:
        self.own = person(cast, "Siskin", (2, 2, 2, 2), (2, 2, 2, 2))
        self.high = person(cast, "Wren", ines=(5, 5, 5, 5), name="Xanthippe Rarebird")
        self.low = person(cast, "Avocet", ines=(1, 1, 1, 1))

    @pytest.mark.parametrize("sort", ["mean", "q1", "name", "recommended"])
    @pytest.mark.parametrize("way", ["up", "down"])
    def test_no_order_tells_what_others_gave(self, cast: Cast, sort: str, way: str) -> None:
        assert names(cast, cast.bo, sort=sort, way=way) == ["Siskin", "Avocet", "Wren"]

    def test_a_closed_row_is_empty(self, cast: Cast) -> None:
        decide(actor=cast.actor(cast.rafael), interview=self.high, **ADVANCE)
        shortlist(actor=cast.actor(cast.rafael), interview=self.high, on=True)
        [row] = [row for row in seen(cast, cast.bo).rows if row.id == self.high.id]
        assert row.is_closed and row.name == "Wren" and row.name_hidden
        assert (row.summary, row.cells, row.decision, row.is_shortlisted) == (None, (), "", False)

    @pytest.mark.parametrize(
        "filters", [{"recommended": "advance"}, {"raters": "missing"}, {"raters": "complete"}, {"raters": "third"},
                    {"decided": "advance"}, {"decided": "open"}, {"shortlisted": "1"}, {"q": "xanthi"}]
    )  # fmt: skip
    def test_no_filter_finds_a_closed_row(self, cast: Cast, filters: dict[str, str]) -> None:
        decide(actor=cast.actor(cast.rafael), interview=self.high, **ADVANCE)
        shortlist(actor=cast.actor(cast.rafael), interview=self.high, on=True)
        assert not {"Wren", "Avocet"} & set(names(cast, cast.bo, **filters))

    def test_counts_tell_of_what_is_open_only(self, cast: Cast) -> None:
        counted = seen(cast, cast.bo).counts
        assert (counted.all, counted.closed, counted.waiting, counted.doubly_rated) == (3, 2, 0, 1)

    def test_a_draft_of_ones_own_opens_nothing(self, cast: Cast) -> None:
        scorecard = rate(cast.bo, self.high, (3, 3, 3, 3))
        assert names(cast, cast.bo) == ["Wren", "Siskin", "Avocet"]
        type(scorecard).objects.filter(id=scorecard.id).update(submitted_at=None)
        assert names(cast, cast.bo) == ["Siskin", "Avocet", "Wren"]

    def test_who_does_not_rate_sees_all(self, cast: Cast) -> None:
        for member in (cast.rafael, cast.ada, cast.audrey):
            assert names(cast, member) == ["Wren", "Siskin", "Avocet"]

    def test_a_reviewer_of_other_stages_sees_nothing_of_it(self, cast: Cast) -> None:
        kofi = make_member(cast.organization, "Kofi Mensah", Role.REVIEWER)
        assert all(row.is_closed and row.summary is None for row in seen(cast, kofi).rows)
        assert names(cast, kofi, sort="mean") == ["Avocet", "Siskin", "Wren"]
        StageReviewer.objects.filter(stage=cast.stage, member=cast.bo).delete()
        assert all(row.is_closed for row in seen(cast, cast.bo).rows), "who was taken out has seen theirs"


def test_other_organizations_see_nobody(cast: Cast, five: None) -> None:
    assert names(cast, cast.cleo) == []


def test_queries_do_not_grow_with_the_people(cast: Cast, django_assert_num_queries) -> None:
    for number in range(3):
        person(cast, f"Heron {number}", (3, 4, 5, number), (3, 4, 5, 1))
    actor = cast.actor(cast.rafael)
    for count in (3, 12):
        for number in range(count - Interview.objects.count()):
            person(cast, f"Wren {number}", (3, 4, 5, number % 5), (3, 4, 5, 1))
        _questions, columns = columns_of(cast.kit_version)
        interviews = heat.sent(actor, cast.stage, cast.kit_version)
        with django_assert_num_queries(4):
            assert len(heat.page(actor, cast.stage, interviews, columns, Asked.read({})).rows) == count


def test_an_address_says_what_was_asked() -> None:
    given = {"sort": "q2", "way": "up", "decided": "open", "raters": "third", "shortlisted": "1", "q": "Hé & <b>"}
    asked = Asked.read(given)
    assert dict(parse_qsl(asked.address(3))) == {**given, "version": "3"}
    assert dict(parse_qsl(asked.address(3, sort="mean", way="down", q="")))["sort"] == "mean"


def test_watching_and_decisions_are_not_needed_for_a_row(cast: Cast) -> None:
    heron = person(cast, "Heron")
    watch(cast.bo, heron)
    Decision.objects.create(
        organization=cast.organization, interview=heron, outcome="hold", reason="x", decided_by=cast.ada
    )
    [row] = seen(cast, cast.rafael).rows
    assert (row.summary, row.decision, row.can_be_decided) == (None, "hold", True)
