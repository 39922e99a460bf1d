import pytest

from bothways.accounts.actions.audit import record
from bothways.accounts.actors import member_actor
from bothways.accounts.models import AuditEntry
from bothways.accounts.queries.audit import flaws


@pytest.fixture
def chain(cast):
    for n in range(5):
        record(
            organization=cast.organization,
            actor=member_actor(cast.ada),
            verb="position.opened",
            thing=cast.position,
            detail={"n": n, "at": "später"},
        )
    return cast.organization


def found(organization):
    return [(flaw.sequence, flaw.kind) for flaw in flaws(organization)]


def test_an_untouched_chain_holds(chain):
    assert found(chain) == []


def test_a_changed_line_is_found(chain):
    AuditEntry.objects.filter(organization=chain, sequence=3).update(actor_name="Somebody Else")
    assert found(chain) == [(3, "changed")]


def test_a_changed_line_with_a_new_hash_is_found_at_the_next(chain):
    entry = AuditEntry.objects.get(organization=chain, sequence=3)
    entry.detail = {"n": 99}
    AuditEntry.objects.filter(id=entry.id).update(detail=entry.detail, hash=entry.content_hash())
    assert found(chain) == [(4, "inserted")]


def test_a_removed_line_is_found(chain):
    AuditEntry.objects.filter(organization=chain, sequence=2)._raw_delete("default")
    assert found(chain) == [(2, "removed")]


def test_a_line_removed_from_the_end_is_found(chain):
    AuditEntry.objects.filter(organization=chain, sequence=5)._raw_delete("default")
    assert found(chain) == [(5, "removed")]


def test_an_inserted_line_is_found(chain):
    last = AuditEntry.objects.get(organization=chain, sequence=5)
    forged = AuditEntry(
        organization=chain,
        sequence=6,
        at=last.at,
        actor_kind="member",
        actor_name="Nobody",
        verb="decision.made",
        thing_kind="x",
        thing_id="1",
        previous_hash=last.hash,
    )
    forged.hash = forged.content_hash()
    forged.save()
    assert found(chain) == [(6, "inserted")]


def test_an_entry_cannot_be_changed_or_deleted_through_the_model(chain):
    entry = AuditEntry.objects.filter(organization=chain).first()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_chains_of_organizations_are_apart(chain, cast):
    record(organization=cast.other_organization, actor=member_actor(cast.cleo), verb="x.y", thing=cast.cleo)
    assert AuditEntry.objects.get(organization=cast.other_organization).sequence == 1
    assert found(cast.other_organization) == []
