"""From draft to published to frozen, and on to the next draft."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.kits.actions.kits import create_kit, rename_kit
from bothways.kits.actions.questions import add_question, edit_question, move_question, remove_question
from bothways.kits.actions.versions import discard_draft, edit_words, freeze, publish, start_draft
from bothways.kits.actions.wording import Wording
from bothways.kits.models import KitVersion, KitVersionState
from bothways.kits.queries.kits import kit_lines
from bothways.kits.queries.readiness import blockers
from bothways.kits.queries.versions import current_version, draft_of
from bothways.kits.starters import STARTERS
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import Cast
from tests.factories.preparing import make_draft, make_ready_draft


def verbs(cast: Cast) -> list[str]:
    return list(AuditEntry.objects.filter(organization=cast.organization).values_list("verb", flat=True))


@pytest.mark.parametrize("code", STARTERS)
def test_every_starter_makes_a_draft_that_lacks_only_faces(cast: Cast, code: str) -> None:
    kit = create_kit(
        actor=cast.actor(cast.rafael),
        organization=cast.organization,
        name="Kit",
        starter=STARTERS[code],
        welcome_by=cast.ada,
    )
    version = kit.versions.get()
    assert version.state == KitVersionState.DRAFT
    for question in version.questions.all():
        assert question.text and question.competency and question.asker == cast.ada
        assert question.anchor_1 and question.anchor_3 and question.anchor_5
        assert not question.is_worse_than_default
    assert version.questions.filter(answer_kind="recorded").count() == (0 if code == "empty" else 4)
    assert code == "empty" or {blocker.code for blocker in blockers(version)} == {"prompt"}
    assert "kit.created" in verbs(cast)


def test_a_kit_speaks_the_language_of_its_organization(cast: Cast) -> None:
    cast.organization.language = "de"
    cast.organization.save()
    version = make_draft(cast.ada)
    assert version.language == "de"


def test_publishing_names_everything_that_is_missing(cast: Cast) -> None:
    version = make_draft(cast.ada)
    with pytest.raises(Refused) as refused:
        publish(actor=cast.actor(cast.ada), version=version)
    assert refused.value.code == "kit_not_ready"
    for place in (1, 2, 3, 4):
        assert f"Question {place} has no person asking" in refused.value.words
    version.refresh_from_db()
    assert version.state == KitVersionState.DRAFT


def test_a_complete_draft_is_published_and_used(cast: Cast) -> None:
    version = make_ready_draft(cast.ada)
    assert current_version(version.kit) is None
    publish(actor=cast.actor(cast.rafael), version=version)
    used = current_version(version.kit)
    assert used == version and used.state == KitVersionState.PUBLISHED and used.published_at
    assert "kit.published" in verbs(cast)


def test_the_first_invitation_freezes_and_the_second_changes_nothing(cast: Cast) -> None:
    version = cast.kit_version
    for _ in range(2):
        freeze(actor=cast.actor(cast.rafael), kit_version=version)
    frozen_at = KitVersion.objects.get(id=version.id).frozen_at
    assert version.state == KitVersionState.FROZEN and frozen_at
    assert verbs(cast).count("kit.frozen") == 1
    assert current_version(version.kit) == version


def test_a_draft_is_not_frozen(cast: Cast) -> None:
    with pytest.raises(Refused, match="kit_not_published"):
        freeze(actor=cast.actor(cast.ada), kit_version=make_draft(cast.ada))


@pytest.mark.parametrize("state", [KitVersionState.PUBLISHED, KitVersionState.FROZEN])
def test_nothing_of_a_version_that_people_may_meet_can_change(cast: Cast, state: str) -> None:
    version, actor = cast.kit_version, cast.actor(cast.ada)
    KitVersion.objects.filter(id=version.id).update(state=state)
    question = version.questions.get(place=2)
    changes = [
        lambda: edit_words(
            actor=actor, version=version, welcome_text="", welcome_by=None, closing_text="", language="en"
        ),
        lambda: add_question(actor=actor, version=version),
        lambda: edit_question(actor=actor, question=question, wording=Wording()),
        lambda: move_question(actor=actor, question=question, by=1),
        lambda: remove_question(actor=actor, question=question),
        lambda: publish(actor=actor, version=version),
        lambda: discard_draft(actor=actor, version=version),
    ]
    for change in changes:
        with pytest.raises(Refused, match="not_a_draft"):
            change()
    assert [asked.text for asked in version.questions.all()] == [f"Question number {n}?" for n in (1, 2, 3, 4)]


def test_a_new_draft_is_a_copy_and_leaves_the_old_version_alone(cast: Cast) -> None:
    actor, kit = cast.actor(cast.rafael), cast.kit_version.kit
    freeze(actor=actor, kit_version=cast.kit_version)
    draft = start_draft(actor=actor, kit=kit)
    assert (draft.number, draft.state, draft.welcome_text) == (2, KitVersionState.DRAFT, cast.kit_version.welcome_text)
    assert start_draft(actor=actor, kit=kit) == draft
    assert current_version(kit) == cast.kit_version
    edit_question(actor=actor, question=draft.questions.get(place=1), wording=Wording(text="Another one?"))
    assert cast.kit_version.questions.get(place=1).text == "Question number 1?"
    assert cast.kit_version.questions.get(place=1).competency == draft.questions.get(place=2).competency


def test_a_draft_is_dropped_unless_it_is_all_there_is(cast: Cast) -> None:
    actor, kit = cast.actor(cast.ada), cast.kit_version.kit
    discard_draft(actor=actor, version=start_draft(actor=actor, kit=kit))
    assert draft_of(kit) is None and kit.versions.count() == 1
    with pytest.raises(Refused, match="only_version"):
        discard_draft(actor=actor, version=make_draft(cast.ada))


def test_only_owners_and_recruiters_of_the_organization_prepare(cast: Cast) -> None:
    version = make_draft(cast.ada)
    for member in (cast.bo, cast.audrey, cast.cleo):
        actor = cast.actor(member)
        for change in (
            lambda actor=actor: add_question(actor=actor, version=version),
            lambda actor=actor: publish(actor=actor, version=version),
            lambda actor=actor: start_draft(actor=actor, kit=version.kit),
            lambda actor=actor: rename_kit(actor=actor, kit=version.kit, name="Mine"),
            lambda actor=actor: create_kit(
                actor=actor, organization=cast.organization, name="Mine", starter=STARTERS["empty"]
            ),
        ):
            with pytest.raises(NotAllowed):
                change()


def test_nobody_of_another_organization_welcomes(cast: Cast) -> None:
    version = make_draft(cast.ada)
    with pytest.raises(Refused, match="not_a_member"):
        edit_words(
            actor=cast.actor(cast.ada),
            version=version,
            welcome_text="Hello",
            welcome_by=cast.cleo,
            closing_text="",
            language="en",
        )


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_kit_needs_a_name(cast: Cast, name: str) -> None:
    with pytest.raises(Refused, match="kit_name"):
        rename_kit(actor=cast.actor(cast.ada), kit=cast.kit_version.kit, name=name)


def test_the_list_of_kits_asks_the_database_twice(cast: Cast, django_assert_num_queries) -> None:
    for number in range(5):
        make_draft(cast.ada, f"Kit {number}")
    start_draft(actor=cast.actor(cast.ada), kit=cast.kit_version.kit)
    with django_assert_num_queries(2):
        lines = kit_lines(cast.organization)
    own = next(line for line in lines if line.kit == cast.kit_version.kit)
    assert (own.current, own.draft.number, own.question_count) == (cast.kit_version, 2, 4)
    assert len(lines) == 6
