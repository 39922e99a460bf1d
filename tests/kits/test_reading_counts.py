"""Whether reading what was said counts as watching."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.kits.actions.reading import set_reading_counts
from bothways.kits.actions.versions import publish, start_draft
from bothways.lib.errors import NotAllowed, Refused
from tests.factories import Cast
from tests.factories.preparing import make_ready_draft
from tests.web.team.preparing import signed_in, url


def test_a_draft_says_it_a_version_keeps_it_and_the_next_takes_it_over(cast: Cast) -> None:
    ada, draft = cast.actor(cast.ada), make_ready_draft(cast.ada)
    assert not draft.reading_counts
    set_reading_counts(actor=ada, version=draft, counts=True)
    set_reading_counts(actor=ada, version=draft, counts=True)
    assert AuditEntry.objects.filter(verb="kit.reading_changed").count() == 1
    publish(actor=ada, version=draft)
    with pytest.raises(Refused, match="not_a_draft"):
        set_reading_counts(actor=ada, version=draft, counts=False)
    assert start_draft(actor=ada, kit=draft.kit).reading_counts


def test_who_does_not_prepare_does_not_say_it(cast: Cast) -> None:
    draft = make_ready_draft(cast.ada)
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            set_reading_counts(actor=cast.actor(member), version=draft, counts=True)


def test_it_is_ticked_in_the_kit_and_read_by_everybody(cast: Cast) -> None:
    draft = make_ready_draft(cast.ada)
    rafael, address = signed_in(cast.rafael), url(cast, "kits-reading", draft.kit_id)
    assert signed_in(cast.bo).post(address, {"reading_counts": "yes"}).status_code == 403
    page = rafael.post(address, {"reading_counts": "yes"}, follow=True).content.decode()
    assert "What counts as watching is saved." in page
    draft.refresh_from_db()
    assert draft.reading_counts
    read = signed_in(cast.bo).get(url(cast, "kits-edit", draft.kit_id)).content.decode()
    assert "Playing an answer, or reading the text of it." in read and 'name="reading_counts"' not in read
    rafael.post(address)
    draft.refresh_from_db()
    assert not draft.reading_counts
