"""What each competency of a kit weighs."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.kits.actions.questions import remove_question
from bothways.kits.actions.versions import freeze, publish, start_draft
from bothways.kits.actions.weights import set_weights
from bothways.kits.models import Competency, CompetencyWeight, KitVersion
from bothways.kits.queries.versions import questions_of
from bothways.kits.queries.weights import weighed, weights_of
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import Cast
from tests.factories.preparing import make_ready_draft
from tests.web.team.preparing import signed_in, url


@pytest.fixture
def draft(cast: Cast) -> KitVersion:
    """A draft that looks for two things: the first question for one, the others for another."""
    version = make_ready_draft(cast.ada)
    kindness, _ = Competency.objects.get_or_create(organization=cast.organization, name="Kindness")
    judgement, _ = Competency.objects.get_or_create(organization=cast.organization, name="Judgement")
    version.questions.update(competency=judgement)
    version.questions.filter(place=1).update(competency=kindness)
    return version


def shown(version: KitVersion) -> list[tuple[str, int, int]]:
    return [(one.competency.name, one.weight, one.percent) for one in weighed(version, questions_of(version))]


def of(version: KitVersion, name: str):
    return Competency.objects.get(organization=version.organization, name=name).id


def test_everything_weighs_the_same_until_somebody_says_otherwise(cast: Cast, draft: KitVersion) -> None:
    assert shown(draft) == [("Kindness", 1, 50), ("Judgement", 1, 50)]
    set_weights(actor=cast.actor(cast.rafael), version=draft, weights={of(draft, "Kindness"): 3})
    assert shown(draft) == [("Kindness", 3, 75), ("Judgement", 1, 25)]
    entry = AuditEntry.objects.get(verb="kit.weights_changed")
    assert entry.actor_id == str(cast.rafael.id)


@pytest.mark.parametrize("weight", [0, -1, 101, 1.5, True, "2"])
def test_a_weight_is_a_positive_whole_number(cast: Cast, draft: KitVersion, weight: object) -> None:
    with pytest.raises(Refused) as refused:
        set_weights(actor=cast.actor(cast.ada), version=draft, weights={of(draft, "Kindness"): weight})
    assert refused.value.code == "weight" and weights_of(draft.id) == {}


def test_only_what_the_kit_looks_for_is_weighed(cast: Cast, draft: KitVersion) -> None:
    stray = Competency.objects.create(organization=cast.organization, name="Stray")
    with pytest.raises(Refused) as refused:
        set_weights(actor=cast.actor(cast.ada), version=draft, weights={stray.id: 2})
    assert refused.value.code == "competency"


def test_weights_freeze_with_the_version_and_go_on_to_the_next(cast: Cast, draft: KitVersion) -> None:
    ada = cast.actor(cast.ada)
    set_weights(actor=ada, version=draft, weights={of(draft, "Kindness"): 4})
    publish(actor=ada, version=draft)
    with pytest.raises(Refused) as refused:
        set_weights(actor=ada, version=draft, weights={of(draft, "Kindness"): 1})
    assert refused.value.code == "not_a_draft"
    freeze(actor=ada, kit_version=draft)
    later = start_draft(actor=ada, kit=draft.kit)
    assert shown(later) == shown(draft) == [("Kindness", 4, 80), ("Judgement", 1, 20)]
    set_weights(actor=ada, version=later, weights={of(later, "Kindness"): 2})
    assert weights_of(draft.id) == {of(draft, "Kindness"): 4}


def test_a_competency_that_is_gone_weighs_nothing(cast: Cast, draft: KitVersion) -> None:
    ada = cast.actor(cast.ada)
    set_weights(actor=ada, version=draft, weights={of(draft, "Kindness"): 4})
    remove_question(actor=ada, question=draft.questions.get(place=1))
    assert shown(draft) == [("Judgement", 1, 100)]


def test_who_does_not_prepare_sets_no_weights(cast: Cast, draft: KitVersion) -> None:
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            set_weights(actor=cast.actor(member), version=draft, weights={of(draft, "Kindness"): 2})
    assert not CompetencyWeight.objects.exists()


def test_the_page_of_the_kit_asks_and_tells(cast: Cast, draft: KitVersion) -> None:
    rafael, address = signed_in(cast.rafael), url(cast, "kits-weights", draft.kit_id)
    field = f"weight-{of(draft, 'Kindness')}"
    assert f'name="{field}"' in rafael.get(url(cast, "kits-edit", draft.kit_id)).content.decode()
    page = rafael.post(address, {field: "3", "weight-nonsense": "9"}, follow=True).content.decode()
    assert "The weights are saved." in page and "75 %" in page
    for wrong in ("0", "three", "", "1.5", "9999", "²"):
        page = rafael.post(address, {field: wrong}, follow=True).content.decode()
        assert "A weight is a whole number from 1 to 100." in page
    assert weights_of(draft.id) == {of(draft, "Kindness"): 3}
    page = signed_in(cast.bo).get(url(cast, "kits-edit", draft.kit_id)).content.decode()
    assert f'name="{field}"' not in page and "75 %" in page
    assert signed_in(cast.cleo).post(address, {field: "1"}).status_code == 404
