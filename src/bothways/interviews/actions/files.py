"""Files as answers: looked at before they are kept, counted, and put away under names of our own."""

import uuid
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bothways.accounts.actions import audit
from bothways.accounts.actors import Actor
from bothways.interviews.actions.answering import locked, require_time
from bothways.interviews.actions.written import begun
from bothways.interviews.models import AnswerFile, Interview, WrittenAnswer
from bothways.interviews.queries.reading import SHORTEST_READING_MS
from bothways.kits.models import AnswerKind, Question
from bothways.lib.errors import Refused
from bothways.lib.file_kinds import FileKind, kind_of
from bothways.lib.person_text import normalized_name
from bothways.media.store import StoreFull, get_store

MOST_BYTES = 10 * 2**20
_PIECE = 2**16


@transaction.atomic
def add_file(*, interview: Interview, question: Question, name: str, content: BinaryIO, actor: Actor) -> AnswerFile:
    """Keep one more file of an answer. What it is, its first bytes say; its name is only shown to the candidate.

    Raises:
        Refused: `not_files` for another kind of question, `too_many`, `too_large`, `empty`, `unknown_kind`,
            `disk_full`, or why the interview is closed.
    """
    interview = locked(interview, actor)
    if question.answer_kind != AnswerKind.FILES:
        raise Refused("not_files", _("This question is answered in another way. Load the page again."))
    _answer, written = begun(interview, question, actor)
    if written.files.count() >= question.files_most:
        words = ngettext(
            "One file is the most here. Remove the one that is there, then add the other.",
            "%(most)d files are the most here. Remove one, then add the other.",
            question.files_most,
        )
        raise Refused("too_many", words % {"most": question.files_most})
    kind, size = _looked_at(content)
    key = f"{interview.organization_id}/{uuid.uuid4()}/file"
    _put_away(key, content)
    file = AnswerFile.objects.create(
        organization=interview.organization,
        written=written,
        name=normalized_name(name)[-120:] or kind.name,
        mime=kind.mime,
        size=size,
        store_key=key,
    )
    _changed(written)
    detail = {"answer": written.answer_id, "kind": kind.name, "bytes": size}
    audit.record(organization=interview.organization, actor=actor, verb="file.added", thing=file, detail=detail)
    return file


@transaction.atomic
def remove_file(*, interview: Interview, file: AnswerFile, actor: Actor) -> None:
    """Delete one file for good. An answer without any is no answer any more."""
    interview = locked(interview, actor)
    written = WrittenAnswer.objects.select_related("answer").get(id=file.written_id, answer__interview=interview)
    require_time(interview, is_begun=True)
    audit.record(organization=interview.organization, actor=actor, verb="file.removed", thing=file)
    get_store().delete(file.store_key)
    file.delete()
    _changed(written)
    if not written.files.exists() and written.answer.chosen_written_id:
        written.answer.chosen_written = None
        written.answer.save(update_fields=["chosen_written"])


def _changed(written: WrittenAnswer) -> None:
    written.reading_ms = SHORTEST_READING_MS * written.files.count()
    written.revision += 1
    written.save()


def _looked_at(content: BinaryIO) -> tuple[FileKind, int]:
    size = content.seek(0, 2)
    if size == 0:
        raise Refused("empty", _("This file is empty. Nothing was changed. Choose another one."))
    if size > MOST_BYTES:
        words = _("This file is larger than %(most)d MB. Nothing was changed. Save it smaller, for example as a PDF.")
        raise Refused("too_large", words % {"most": MOST_BYTES // 2**20})
    kind = kind_of(content)
    if kind is None:
        raise Refused(
            "unknown_kind",
            _(
                "We cannot take this kind of file. Nothing was changed. We take PDF, Word without macros, OpenDocument "
                "text, PNG, JPEG and plain text. Save it as a PDF, then add it again."
            ),
        )
    return kind, size


def _put_away(key: str, content: BinaryIO) -> None:
    content.seek(0)
    try:
        with get_store().write_at(key, 0) as writer:
            while piece := content.read(_PIECE):
                writer.write(piece)
            writer.sync()
    except StoreFull:
        get_store().delete(key)
        words = _("Our disk is full. It is our fault, not yours. What was saved before is safe. Try again later.")
        raise Refused("disk_full", words) from None
