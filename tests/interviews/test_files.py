import io

import pytest

from bothways.interviews.actions.erasure import erase_all, erase_unchosen
from bothways.interviews.actions.files import MOST_BYTES, add_file, remove_file
from bothways.interviews.actions.previews import end_preview
from bothways.interviews.actions.progress import submit, withdraw
from bothways.interviews.actions.written import Given, keep_written
from bothways.interviews.models import Answer, AnswerFile, Interview
from bothways.kits.models import Question
from bothways.lib.errors import NotAllowed, Refused
from bothways.media.store import get_store
from tests.factories import make_interview
from tests.interviews.taking_part import actor_of, consented, preview_of, question, recorded

PDF = b"%PDF-1.7\n" + b"x" * 500


@pytest.fixture
def interview(cast) -> Interview:
    Question.objects.filter(kit_version=cast.kit_version, place=1).update(answer_kind="files", files_most=2)
    return consented(make_interview(cast.stage, cast.kit_version))


def add(interview: Interview, name: str = "CV Dee Okafor.pdf", content: bytes = PDF, place: int = 1) -> AnswerFile:
    asked, actor = question(interview, place), actor_of(interview)
    return add_file(interview=interview, question=asked, name=name, content=io.BytesIO(content), actor=actor)


def keep(interview: Interview):
    asked, actor = question(interview), actor_of(interview)
    return keep_written(interview=interview, question=asked, given=Given(), actor=actor)


def stored(file: AnswerFile) -> bytes | None:
    size = get_store().size(file.store_key)
    return None if size is None else b"".join(get_store().open_range(file.store_key, 0, size))


def test_a_file_is_put_away_under_a_name_of_ours(interview):
    file = add(interview, "../../etc/passwd\u202efdp.exe")
    assert stored(file) == PDF
    assert (file.mime, file.size) == ("application/pdf", len(PDF))
    assert "passwd" not in file.store_key and ".." not in file.store_key
    assert "\u202e" not in file.name
    assert Answer.objects.get().chosen_written is None
    keep(interview)
    assert Answer.objects.get().chosen_written_id == file.written_id


def test_what_is_too_much_too_large_or_something_else_is_refused_and_leaves_nothing(interview):
    for content, code in ((b"", "empty"), (b"MZ\x90\x00", "unknown_kind"), (PDF + b"x" * MOST_BYTES, "too_large")):
        with pytest.raises(Refused, match=code):
            add(interview, content=content)
    with pytest.raises(Refused, match="not_files"):
        add(interview, place=2)
    with pytest.raises(Refused, match="empty"):
        keep(interview)
    add(interview)
    add(interview, "Letter.txt", b"Dear all")
    with pytest.raises(Refused, match="too_many"):
        add(interview)
    assert AnswerFile.objects.count() == 2


def test_only_the_candidate_adds_and_removes(cast, interview):
    file = add(interview)
    for actor in (cast.actor(cast.ada), cast.actor(cast.cleo), actor_of(make_interview(cast.stage, cast.kit_version))):
        with pytest.raises(NotAllowed):
            remove_file(interview=interview, file=file, actor=actor)
    assert stored(file) == PDF


def test_an_answer_without_files_is_none(interview):
    file = add(interview)
    keep(interview)
    remove_file(interview=interview, file=file, actor=actor_of(interview))
    assert Answer.objects.get().chosen_written is None
    assert stored(file) is None


def test_files_go_with_everything_else(cast, interview):
    file = add(interview)
    withdraw(interview=interview, actor=actor_of(interview))
    assert erase_all(interview.id) == 1
    assert stored(file) is None
    preview = consented(preview_of(cast.kit_version))
    file = add(preview)
    end_preview(preview=preview, actor=cast.actor(cast.ada))
    assert stored(file) is None and not AnswerFile.objects.exists()


def test_kept_files_stay_after_sending(interview):
    file = add(interview)
    keep(interview)
    for place in (2, 3, 4):
        recorded(interview, place)
    submit(interview=interview, actor=actor_of(interview))
    assert erase_unchosen(interview.id) == 0
    assert stored(file) == PDF
    with pytest.raises(Refused, match="submitted"):
        remove_file(interview=interview, file=file, actor=actor_of(interview))
