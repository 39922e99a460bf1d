"""A candidate's own copy: everything in one archive, with a page that says what is what."""

from collections.abc import Callable, Iterator

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from bothways.conversations.queries.feedback import sent_feedback
from bothways.conversations.queries.follow_ups import follow_ups_of
from bothways.conversations.queries.inquiries import inquiries_of
from bothways.conversations.queries.own_copy import feedback_files, follow_up_files, inquiry_files, unsent_files
from bothways.interviews.models import Consent
from bothways.interviews.queries.candidate_page import CandidatePage
from bothways.interviews.queries.note import note_of
from bothways.interviews.queries.own_copy import OwnFile, own_files
from bothways.interviews.queries.requests import requests_of
from bothways.interviews.queries.transcripts import words_of_takes
from bothways.lib.zip_stream import Entry
from bothways.live.queries.compositions import talk_files
from bothways.media.store import NoSuchObject, get_store


def file_name(page: CandidatePage) -> str:
    """What the archive is called: from whom it is, not about whom."""
    organization = slugify(page.interview.organization.name) or "interview"
    return f"{organization}-answers-{timezone.localdate().isoformat()}.zip"


def kept_files(page: CandidatePage) -> list[OwnFile]:
    """The files whose bytes are really there."""
    store = get_store()
    asked = inquiries_of(page.interview)
    files = own_files(shown.progress for shown in page.questions)
    files += talk_files(page.interview) + inquiry_files(asked) + unsent_files(page.interview)
    files += feedback_files(sent_feedback(page.interview))
    files += follow_up_files(follow_ups_of(page.interview))
    return [file for file in files if store.size(file.key) is not None]


def entries(page: CandidatePage) -> list[Entry]:
    """What goes into the archive. All words are made here and now: the bytes go out when the reader's language and
    zone are no longer set."""
    files = kept_files(page)
    index = _index(page, files).encode()
    return [
        Entry("index.html", len(index), timezone.localtime(), lambda: [index]),
        *(Entry(file.name, file.size, timezone.localtime(file.moment), _bytes_of(file)) for file in files),
    ]


def _bytes_of(file: OwnFile) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        try:
            yield from get_store().open_range(file.key, 0, file.size)
        except NoSuchObject:
            return  # Erased since the archive was begun: an empty file, and the others are whole.

    return pieces


def _index(page: CandidatePage, files: list[OwnFile]) -> str:
    interview = page.interview
    talk = {file.name for file in talk_files(interview)}
    texts = words_of_takes(interview, [take for shown in page.questions for take in shown.progress.takes])
    context = {
        "page": page,
        "given": [
            (
                shown,
                [file for file in files if file.place == shown.place],
                [(take, texts[take.recording_id]) for take in shown.progress.takes if take.recording_id in texts],
            )
            for shown in page.questions
        ],
        "consent": Consent.objects.select_related("text").filter(interview=interview).first(),
        "requests": requests_of(interview),
        "inquiries": inquiries_of(interview),
        "feedback": sent_feedback(interview),
        "talk_files": [file for file in files if file.name in talk],
        "inquiry_files": [
            file
            for file in files
            if not file.place and file.name not in talk and not file.name.startswith("follow-up-")
        ],
        "follow_ups": follow_ups_of(interview),
        "follow_up_files": [file for file in files if file.name.startswith("follow-up-")],
        "note": note_of(interview),
        "made_at": timezone.now(),
    }
    return render_to_string("candidate/data/index.html", context)
