"""What `Has` asks is what `Exists` asks, on whichever database this is."""

from collections.abc import Iterator

import pytest
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from bothways.interviews.models import Interview
from bothways.lib.has import IS_SET, Has
from bothways.review.models import Scorecard, Summary
from tests.factories import Cast, make_submitted_interview

NOTHING = {"competencies": 0, "first_spread": 0, "needs_third": False}


@pytest.fixture
def people(cast: Cast) -> Iterator[QuerySet[Interview]]:
    """Nobody rated the first, Bo began the second and handed in the third, and Inês the fourth, with one and two."""
    for number in range(4):
        interview = make_submitted_interview(cast.stage, cast.kit_version, f"Person {number}")
        if number:
            handed_in = None if number == 1 else timezone.now()
            member = cast.ines if number == 3 else cast.bo
            Scorecard.objects.create(
                organization=cast.organization, interview=interview, member=member, submitted_at=handed_in
            )
            Summary.objects.update_or_create(
                interview=interview,
                defaults={"organization": cast.organization, "raters": max(1, number - 1), **NOTHING},
            )
    yield Interview.objects.order_by("created_at", "id")


def test_it_asks_what_exists_asks(cast: Cast, people: QuerySet[Interview]) -> None:
    own = Scorecard.objects.filter(interview=OuterRef("pk"), member=cast.bo)
    others = Scorecard.objects.filter(interview=OuterRef("pk")).exclude(member=cast.bo)
    enough = Summary.objects.filter(interview=OuterRef("pk"), raters__gte=OuterRef("stage__raters_wanted"))
    mine = {"interview": F("pk"), "member": cast.bo.id}
    pairs = [
        (Has(Scorecard, **mine), Exists(own), 2),
        (Has(Scorecard, **mine, submitted_at=None), Exists(own.filter(submitted_at=None)), 1),
        (Has(Scorecard, **mine, submitted_at=IS_SET), Exists(own.exclude(submitted_at=None)), 1),
        (Has(Summary, interview=F("pk"), raters__gte=F("stage__raters_wanted")), Exists(enough), 1),
        (Has(Scorecard, interview=F("pk"), member__not=cast.bo.id), Exists(others), 1),
        (Has(Summary, interview=F("pk"), raters__gte=2, needs_third=True), Exists(enough.filter(needs_third=True)), 0),
    ]
    for quick, plain, many in pairs:
        assert people.filter(quick).count() == many
        assert list(people.filter(quick)) == list(people.filter(plain))
        assert list(people.filter(~quick)) == list(people.filter(~plain))
        either = Q(quick) | Q(code_name=people[0].code_name)
        assert list(people.filter(either)) == list(people.filter(Q(plain) | Q(code_name=people[0].code_name)))


def test_it_holds_inside_of_another_query_and_beside_others(cast: Cast, people: QuerySet[Interview]) -> None:
    rated = people.filter(Has(Scorecard, interview=F("pk"), submitted_at=IS_SET))
    again = people.filter(id__in=rated.values("id")).filter(~Has(Scorecard, interview=F("pk"), member=cast.bo.id))
    assert [one.scorecards.get().member for one in again] == [cast.ines]
    inner = Interview.objects.filter(Has(Scorecard, interview=F("pk"), member=cast.ines.id), id=OuterRef("pk"))
    assert people.annotate(is_rated=Exists(inner)).filter(is_rated=True).get() == again.get()
