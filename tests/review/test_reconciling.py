"""What two raters find who were far apart is written down, and nothing they gave is changed."""

import pytest

from bothways.accounts.models import AuditEntry
from bothways.interviews.models import Interview
from bothways.lib.errors import NotAllowed, Refused
from bothways.review.actions.reconciling import reconcile
from bothways.review.actions.retention import _erase_scorecards
from bothways.review.models import Rating, Reconciliation, Summary
from tests.factories import Cast
from tests.factories.review import rate
from tests.web.team.preparing import signed_in


@pytest.fixture
def apart(cast: Cast, interview: Interview) -> Interview:
    rate(cast.bo, interview, (1, 3, 3, 3))
    rate(cast.ines, interview, (4, 3, 3, 3))
    return interview


def test_it_is_kept_once_and_every_rating_stays(cast: Cast, apart: Interview) -> None:
    before = list(Rating.objects.order_by("id").values_list("value", "revision")), Summary.objects.get().mean
    reconcile(actor=cast.actor(cast.bo), interview=apart, words=" She means the second flat. ")
    assert Reconciliation.objects.get().words == "She means the second flat."
    assert not Summary.objects.get().needs_third
    assert (list(Rating.objects.order_by("id").values_list("value", "revision")), Summary.objects.get().mean) == before
    assert AuditEntry.objects.filter(verb="interview.reconciled", actor_id=str(cast.bo.id)).count() == 1
    with pytest.raises(Refused) as refused:
        reconcile(actor=cast.actor(cast.ines), interview=apart, words="Again.")
    assert refused.value.code == "reconciled"


@pytest.mark.parametrize("words", ["", "  ", "x" * 5001])
def test_it_needs_words(cast: Cast, apart: Interview, words: str) -> None:
    with pytest.raises(Refused) as refused:
        reconcile(actor=cast.actor(cast.bo), interview=apart, words=words)
    assert refused.value.code == "words" and Summary.objects.get().needs_third


def test_only_where_two_are_far_apart(cast: Cast, interview: Interview) -> None:
    rate(cast.bo, interview, (3, 3, 3, 3))
    rate(cast.ines, interview, (4, 3, 3, 3))
    with pytest.raises(Refused) as refused:
        reconcile(actor=cast.actor(cast.bo), interview=interview, words="Fine.")
    assert refused.value.code == "not_apart"


def test_who_does_not_see_the_scorecards_writes_nothing(cast: Cast, interview: Interview) -> None:
    rate(cast.ines, interview, (1, 3, 3, 3))
    for member in (cast.bo, cast.audrey, cast.cleo):
        with pytest.raises(NotAllowed):
            reconcile(actor=cast.actor(member), interview=interview, words="Fine.")


def test_it_is_erased_with_the_ratings(cast: Cast, apart: Interview) -> None:
    reconcile(actor=cast.actor(cast.bo), interview=apart, words="Fine.")
    _erase_scorecards(apart)
    assert not Reconciliation.objects.exists()


def test_it_is_written_beside_the_ratings(cast: Cast, apart: Interview) -> None:
    bo = signed_in(cast.bo)
    base = f"/team/{cast.organization.slug}/compare/{cast.stage.id}"
    page = bo.get(f"{base}/side/?with={apart.id}").content.decode()
    assert "third rater wanted" in page and "Or write down what you found" in page
    sent = {"words": "", "with": apart.id, "question": "2", "version": "1"}
    answer = bo.post(f"{base}/found/{apart.id}/", sent, follow=True)
    assert "Write in a few sentences" in answer.content.decode()
    answer = bo.post(f"{base}/found/{apart.id}/", {**sent, "words": "She means <b>this</b>."}, follow=True)
    page = answer.content.decode()
    assert "She means &lt;b&gt;this&lt;/b&gt;." in page and "third rater wanted" not in page
    assert "question=2" in answer.redirect_chain[0][0]
    assert signed_in(cast.audrey).post(f"{base}/found/{apart.id}/", sent).status_code == 403
    assert signed_in(cast.cleo).post(f"{base}/found/{apart.id}/", sent).status_code == 404
