"""Fills a data folder with one stage to rate, whose answers are real recordings. Run as a program; prints JSON.

BOTHWAYS_DATA_DIR=… python -m tests.web.team.rating_room
"""

import json
import sys
import tempfile
from pathlib import Path

import django

django.setup()

from django.test import Client  # noqa: E402  Models can be imported once Django is set up.

from bothways.accounts.models import Member  # noqa: E402
from bothways.interviews.models import Interview  # noqa: E402
from bothways.lib.ids import new_id  # noqa: E402
from bothways.media.actions.measurements import add_measurement  # noqa: E402
from bothways.media.actions.recordings import create_recording, settle  # noqa: E402
from bothways.media.actions.renditions import add_poster, add_sprites, add_universal, add_voice  # noqa: E402
from bothways.media.actions.transcripts import keep_transcript  # noqa: E402
from bothways.media.models import Recording, RecordingState  # noqa: E402
from bothways.media.store import get_store  # noqa: E402
from bothways.media.utterances import Utterance, Word  # noqa: E402
from bothways.positions.models import ReviewOrder, Stage  # noqa: E402
from bothways.review.models import GoldAnswer  # noqa: E402
from tests.factories import Cast, make_kit_version, make_member, make_position, make_stage, make_submitted_interview  # noqa: E402
from tests.factories.calibrating import make_calibrating  # noqa: E402
from tests.factories.review import rate, watch  # noqa: E402
from tests.media.making import make_recording  # noqa: E402
from tests.migrated import migrate  # noqa: E402

SAMPLES = Path(__file__).parents[2] / "samples"
SOUND = SAMPLES / "webkitgtk-4s-audio-aac.mp4"
VIDEO = SAMPLES / "chromium-10s-vp8-opus.webm"


def fill() -> dict[str, object]:
    migrate()
    cast = Cast()
    cast.stage.review_order = ReviewOrder.CANDIDATES
    cast.stage.save()
    people = [make_submitted_interview(cast.stage, cast.kit_version, f"Xanthippe Rarebird{n}") for n in range(5)]
    with tempfile.TemporaryDirectory() as folder:
        webm = make_recording(Path(folder) / "drawn.webm", 8, size=(160, 90), rate=10)
        mp4 = make_recording(Path(folder) / "drawn.mp4", 10, form="mp4", picture="libx264", sound="aac", size=(160, 90))
        made = [make_watchable(people[0], file) for file in (webm, mp4, SOUND, VIDEO)]
    for code_name, interview in zip(("Heron", "Plover", "Siskin", "Dunlin", "Whimbrel"), people, strict=True):
        interview.code_name = code_name
        interview.save()
        for number, answer in enumerate(interview.answers.order_by("question__place")):
            share_recording(made[number], answer.chosen_take.recording)
    round_stage = fill_round(cast, made[0])
    read = fill_read(cast, made[0])
    calibrated, nia = fill_calibration(cast, made[0])
    heron, plover, siskin, dunlin, whimbrel = people
    let_speak(heron)
    let_pause(heron)
    rate(cast.ines, plover, (4, 4, 3, 3))
    for interview, values, others in (
        (siskin, (4, 5, 4, 4), (4, 4, 3, 4)),
        (dunlin, (3, 3, 2, 0), (3, 2, 2, 0)),
        (whimbrel, (2, 2, 2, 3), (1, 2, 4, 2)),
    ):
        rate(cast.bo, interview, values)
        rate(cast.ines, interview, others, recommendation="hold")
        watch(cast.bo, interview)
        watch(cast.ines, interview, places=(1, 3))
    sessions = {}
    for name in ("ada", "rafael", "bo", "ines", "audrey"):
        client = Client()
        client.force_login(getattr(cast, name).user)
        sessions[name] = client.cookies["sessionid"].value
    client = Client()
    client.force_login(nia.user)
    sessions["nia"] = client.cookies["sessionid"].value
    return {
        "calibrated_stage": str(calibrated.id),
        "slug": cast.organization.slug,
        "stage": str(cast.stage.id),
        "round_stage": str(round_stage.id),
        "round_questions": [
            str(question.id) for question in round_stage.interviews.first().kit_version.questions.all()
        ],
        "interviews": {interview.code_name: str(interview.id) for interview in (*people, read)},
        "sessions": sessions,
    }


def fill_round(cast: Cast, recording: Recording, people: int = 6) -> Stage:
    """A stage that goes question by question, with two questions."""
    version = make_kit_version(cast.ada, questions=2)
    position = make_position(cast.ada, "Caretaker")
    stage = make_stage(position, version, (cast.bo, cast.ines), name="Talk")
    for number in range(people):
        interview = make_submitted_interview(stage, version, f"Zinaida Rarebird{number}")
        interview.code_name = f"Wren {number + 1}"
        interview.save()
        for answer in interview.answers.all():
            share_recording(recording, answer.chosen_take.recording)
    return stage


def fill_read(cast: Cast, recording: Recording) -> Interview:
    """Somebody in a stage whose kit lets reading count."""
    version = make_kit_version(cast.ada, questions=1)
    version.reading_counts = True
    version.save()
    stage = make_stage(make_position(cast.ada, "Archivist"), version, (cast.ines,), name="Talk")
    ruff = make_submitted_interview(stage, version, "Zinaida Rarebird9")
    ruff.code_name = "Ruff"
    ruff.save()
    share_recording(recording, ruff.answers.get().chosen_take.recording)
    let_speak(ruff)
    return ruff


def fill_calibration(cast: Cast, recording: Recording) -> tuple[Stage, Member]:
    """A stage that asks Nia to calibrate before she rates: three gold answers of 2, 3 and 4, and two people."""
    version = make_kit_version(cast.ada, questions=3)
    nia = make_member(cast.organization, "Nia Falk", "reviewer")
    stage = make_stage(make_position(cast.ada, "Gardener"), version, (nia,), name="Garden talk")
    for number in range(2):
        interview = make_submitted_interview(stage, version, f"Zinaida Rarebird{number}")
        for answer in interview.answers.all():
            share_recording(recording, answer.chosen_take.recording)
    make_calibrating(cast.ada, stage, version)
    for gold in GoldAnswer.objects.filter(question__kit_version=version):
        gold.recording.renditions.all().delete()
        share_recording(recording, gold.recording)
    return stage, nia


def make_watchable(interview: Interview, file: Path) -> Recording:
    """A recording of the sample, settled with what the workers make from it; only what was drawn is encoded anew."""
    kind = "audio" if file == SOUND else "video"
    recording = create_recording(organization=interview.organization, kind=kind, declared_mime="")
    recording.state = RecordingState.RECEIVED
    recording.save()
    get_store().put_file(recording.original_key, file)
    settle(recording_id=recording.id)
    if kind == "video":
        add_poster(recording_id=recording.id)
        add_sprites(recording_id=recording.id)
    if file.parent != SAMPLES:
        add_universal(recording_id=recording.id)
        add_voice(recording_id=recording.id)
    add_measurement(recording_id=recording.id)
    recording.refresh_from_db()
    return recording


def let_speak(interview: Interview) -> None:
    """A machine heard two sentences in the first answer, with a pause between, and was not sure of one word."""
    recording = interview.answers.get(question__place=1).chosen_take.recording
    recording.language = "en"
    recording.save()
    said = [(500, ["I", "rang", "her", "first."]), (5200, ["Then", "I", "asked", "about", "the", "rent."])]
    utterances = [
        Utterance(start, start + 400 * len(words), " ".join(words), tuple(
            Word(start + 400 * n, start + 400 * n + 400, word, 0.3 if word == "rang" else 0.9)
            for n, word in enumerate(words)
        ))
        for start, words in said
    ]  # fmt: skip
    keep_transcript(recording=recording, engine="by hand", utterances=utterances)


def let_pause(interview: Interview) -> None:
    """Silences in the first answer, around what is said, and in the second, which has no text."""
    for place, silences in ((1, [(2000, 5300)]), (2, [(2000, 4500), (7000, 10_000)])):
        recording = interview.answers.get(question__place=place).chosen_take.recording
        recording.measurement["silences"] = silences
        recording.save()


def share_recording(source: Recording, target: Recording) -> None:
    """Let another recording be played from the same files."""
    for name in ("kind", "container", "video_codec", "audio_codec", "duration_ms", "width", "height", "measurement"):
        setattr(target, name, getattr(source, name))
    target.save()
    for rendition in source.renditions.all():
        rendition.pk, rendition.recording, rendition._state.adding = new_id(), target, True
        rendition.save()


if __name__ == "__main__":
    json.dump(fill(), sys.stdout)
