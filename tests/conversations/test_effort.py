"""Minutes asked of candidates beside minutes given by the team: what counts, and who reads it from when on."""

import pytest
from django.utils import timezone

from bothways.conversations.actions.effort import keep_efforts
from bothways.conversations.models import Effort
from bothways.conversations.queries.effort import count_efforts, effort_of
from bothways.interviews.actions.erasure import erase_answers
from bothways.interviews.models import Interview
from tests.factories import Cast, make_interview, make_submitted_interview
from tests.factories.asking import make_inquiry
from tests.factories.preparing import make_recording
from tests.factories.review import watch
from tests.web.candidate.conftest import visitor
from tests.web.team.preparing import signed_in, url


def people(cast: Cast, many: int) -> list[Interview]:
    return [make_submitted_interview(cast.stage, cast.kit_version, f"Person{n}") for n in range(many)]


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def kept(cast: Cast) -> Effort:
    keep_efforts()
    found = effort_of(cast.position)
    assert found is not None
    return found


def test_asked_is_the_kit_and_given_is_watched_answered_and_recorded(cast: Cast) -> None:
    dee, eve = people(cast, 2)
    make_interview(cast.stage, cast.kit_version, state="started")
    assert (kept(cast).people, kept(cast).asked_s, kept(cast).given_s) == (2, 2 * 18 * 60, 0)
    watch(cast.bo, dee)
    watch(cast.ines, dee, places=(1,))
    assert kept(cast).watched_s == 5 * 30
    make_inquiry(dee)
    assert kept(cast).answered_s == 0, "asking is not given"
    answered = {"answered_at": timezone.now(), "answered_by": cast.ada}
    make_inquiry(dee, state="answered", message="With Bo and Inês, as a rule.", **answered)
    make_inquiry(eve, state="answered", reply=make_recording(cast.ada, duration_ms=40_000), **answered)
    assert kept(cast).answered_s == 10 + 40
    cast.kit_version.questions.update(prompt=make_recording(cast.ada, duration_ms=20_000), no_prompt_reason="")
    assert kept(cast).recorded_s == 20, "each recording once"
    assert kept(cast).given_s == 150 + 50 + 20


def test_who_was_erased_is_on_neither_side(cast: Cast) -> None:
    dee, eve = people(cast, 2)
    watch(cast.bo, dee)
    watch(cast.bo, eve)
    erase_answers(dee)
    assert (kept(cast).people, kept(cast).asked_s, kept(cast).watched_s) == (1, 18 * 60, 120)
    erase_answers(eve)
    keep_efforts()
    assert effort_of(cast.position) is None


def test_a_mean_is_told_from_five_people_on(cast: Cast) -> None:
    sent = people(cast, 4)
    for interview in sent:
        watch(cast.bo, interview)
        watch(cast.ines, interview)
    assert (kept(cast).asked_minutes, kept(cast).given_minutes) == (None, None)
    people(cast, 1)
    assert (kept(cast).asked_minutes, kept(cast).given_minutes) == (18, 3)


@pytest.mark.parametrize("many", [1, 6])
def test_it_takes_the_same_queries_however_many_people(cast: Cast, many: int, django_assert_num_queries) -> None:
    for interview in people(cast, many):
        watch(cast.bo, interview)
    with django_assert_num_queries(5):
        count_efforts()
    keep_efforts()
    with django_assert_num_queries(1):
        effort_of(cast.position)


def test_candidates_read_it_before_and_after_sending(cast: Cast) -> None:
    sent = people(cast, 4)
    invited = visitor(make_interview(cast.stage, cast.kit_version, "Max Low"))
    keep_efforts()
    hidden = "is told once five have sent their answers"
    assert hidden in words(invited.get()) and hidden in words(visitor(sent[0]).get())
    sent += people(cast, 1)
    keep_efforts()
    assert "less than a minute on average" in words(invited.get())
    for interview in sent:
        for member in (cast.bo, cast.ines):
            watch(member, interview)
    keep_efforts()
    told = "So far the team has given each person who sent answers in this position 4 minutes on average"
    assert told in words(invited.get())
    page = words(visitor(sent[0]).get())
    assert told in page and "We asked at most 18 minutes of you." in page
    assert "Bo" not in page[page.index("Time for time") : page.index(told) + len(told)]


def test_the_team_reads_the_sums_on_the_position_and_the_mean_on_the_kit(cast: Cast) -> None:
    setup, kit = url(cast, "stages-list", cast.position.id), url(cast, "kits-edit", cast.kit_version.kit_id)
    assert "Once somebody has sent answers" in words(signed_in(cast.rafael).get(setup))
    for interview in people(cast, 5):
        watch(cast.bo, interview)
    keep_efforts()
    for member in (cast.ada, cast.rafael, cast.audrey):
        page = words(signed_in(member).get(setup))
        assert "Asked of 5 people who sent" in page and "90 minutes" in page and "Given: 10 minutes to watch" in page
    assert "given back 2 minutes to each person so far" in words(signed_in(cast.bo).get(kit))
    assert signed_in(cast.bo).get(setup).status_code == 403
    assert signed_in(cast.cleo).get(setup).status_code == 404
