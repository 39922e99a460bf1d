"""Captions that we write: WebVTT and SubRip, read again by ourselves and by parsers of others."""

import html
import io
import json
import subprocess
from itertools import pairwise
from pathlib import Path

import av
import pysubs2
import pytest
import webvtt
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bothways.lib.caption_files import NotCaptions, read_captions
from bothways.lib.subrip import write_subrip
from bothways.lib.webvtt import Cue, clean_text, worded, write_webvtt

HOUR_MS = 3_600_000
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FOREIGN = Path(__file__).parents[1] / "foreign"
TEXTS = st.text(max_size=80) | st.sampled_from(
    [
        "-->",
        "00:00.000 --> 00:01.000",
        "00:00:00,000 --> 00:00:01,000",
        "NOTE",
        "STYLE",
        "WEBVTT",
        "42",
        "7\n8",
        "&amp;",
        "<v Bo>",
        "</c>",
        "a < b & c > d",
        "&lt;i&gt;",
        "<ruby>漢<rt>kan</rt></ruby>",
        "سؤال؟ \u200fnoch\u200e eine {\\an8} Frage",
    ]
)
HARD = [
    Cue(0, 1_500, "Tom & Jerry <shout>: 1 < 2 --> yes"),
    Cue(1_500, 61_250, "Zwei Zeilen,\nnicht mehr."),
    Cue(61_200, 62_000, "42"),
    Cue(HOUR_MS, HOUR_MS + 1, "سؤال؟ &amp; ça va !\u200f"),
    Cue(123 * HOUR_MS, 123 * HOUR_MS + 40, "NOTE late"),
]


@st.composite
def cues(draw: st.DrawFn) -> Cue:
    start = draw(st.integers(0, 120 * HOUR_MS))
    return Cue(start, start + draw(st.integers(1, HOUR_MS)), draw(TEXTS))


@UNTIMED
@given(st.lists(cues(), max_size=8))
@example([Cue(0, 1, "a\r\n\r\nb\x00\u2028 c\u00a0!")])
@example([Cue(0, 1, "&lrm;\n-->\n\n00:00.000 --> 00:01.000")])
@example(HARD)
def test_webvtt_that_is_written_is_read_again(given_cues: list[Cue]) -> None:
    file = read_captions(write_webvtt(given_cues).encode())
    assert file.cues == worded(given_cues)
    assert file.unread == [] and not file.is_styled


# SubRip cannot say that "<b>" is meant as it stands, nor an arrow: nobody's files can.
PLAIN = st.text(st.characters(exclude_characters="<{"), max_size=80)


@UNTIMED
@given(st.lists(st.builds(Cue, st.integers(0, HOUR_MS), st.integers(HOUR_MS + 1, 200 * HOUR_MS), PLAIN), max_size=8))
@example([Cue(0, 1, "7\n8")])
@example(HARD)
def test_subrip_that_is_written_is_read_again(given_cues: list[Cue]) -> None:
    expected = [Cue(cue.start_ms, cue.end_ms, cue.text.replace("-->", "→")) for cue in worded(given_cues)]
    if not expected:
        with pytest.raises(NotCaptions):
            read_captions(write_subrip(given_cues).encode())
        return
    file = read_captions(write_subrip(given_cues).encode())
    assert file.cues == expected
    assert file.unread == []


@UNTIMED
@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert once.encode() and "\n\n" not in once if once else True


def test_ffmpeg_finds_the_same_cues() -> None:
    """FFmpeg's own reader of WebVTT, through PyAV."""
    with av.open(io.BytesIO(write_webvtt(HARD).encode()), format="webvtt") as file:
        stream = file.streams.subtitles[0]
        found = []
        for packet in file.demux(stream):
            if packet.size:
                start = round(packet.pts * packet.time_base * 1000)
                text = html.unescape(bytes(packet).decode())
                found.append(Cue(start, start + round(packet.duration * packet.time_base * 1000), text))
    assert found == HARD


def test_webvtt_py_finds_the_same_cues_and_we_find_its() -> None:
    read = webvtt.WebVTT.from_string(write_webvtt(HARD))
    found = [
        Cue(one.start_time.in_milliseconds(), one.end_time.in_milliseconds(), html.unescape(one.text))
        for one in read.captions
    ]
    assert found == HARD
    assert read_captions(read.content.encode()).cues == HARD


def test_pysubs2_finds_the_same_cues_and_we_find_its() -> None:
    read = pysubs2.SSAFile.from_string(write_webvtt(HARD), format_="vtt", keep_unknown_html_tags=True)
    assert [(event.start, event.end) for event in read] == [(cue.start_ms, cue.end_ms) for cue in HARD]
    # Its hours have two figures in SubRip.
    read = pysubs2.SSAFile.from_string(write_subrip(HARD[:-1]), format_="srt", keep_unknown_html_tags=True)
    found = [Cue(event.start, event.end, event.text.replace("\\N", "\n")) for event in read]
    assert found == [Cue(cue.start_ms, cue.end_ms, cue.text.replace("-->", "→")) for cue in HARD[:-1]]
    assert read_captions(read.to_string("srt").encode()).cues == found


def foreign(texts: list[str]) -> list[dict]:
    """What the W3C's own parser for Node makes of files."""
    done = subprocess.run(
        ["node", FOREIGN / "webvtt.mjs"], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.needs_node
def test_the_parser_of_the_specification_finds_the_same_cues_and_nothing_wrong() -> None:
    made = [HARD, [], [Cue(0, 1, "<c.a>\u2028&nbsp;x")]]
    gathered: list[list[Cue]] = []

    @UNTIMED
    @given(st.lists(cues(), max_size=8))
    def gather(given_cues: list[Cue]) -> None:
        gathered.append(given_cues)

    gather()
    made += gathered
    found = foreign([write_webvtt(each) for each in made])
    for given_cues, answer in zip(made, found, strict=True):
        assert sorted(Cue(*cue) for cue in answer["cues"]) == worded(given_cues)
        # It wants files in order, cues after one another or within, and words in each: ours only ever overlap.
        assert {error["message"] for error in answer["errors"]} <= {
            "Start timestamp is not greater than or equal to start timestamp of previous cue."
        }


@pytest.mark.needs_node
def test_what_the_parser_of_the_specification_writes_we_read() -> None:
    answer = foreign([write_webvtt(HARD)])[0]
    assert read_captions(answer["written"].encode()).cues == HARD


def test_files_are_in_order_of_time_whatever_order_they_come_in() -> None:
    for written in (write_webvtt(HARD[::-1]), write_subrip(HARD[::-1])):
        starts = [cue.start_ms for cue in read_captions(written.encode()).cues]
        assert all(first <= second for first, second in pairwise(starts))


def test_a_voice_says_whose_words_they_are_and_nothing_else() -> None:
    file = write_webvtt([Cue(0, 900, "Who & why?", "Bo\n<b> & -->"), Cue(1000, 2000, "Nobody.")])
    assert "<v Bo &lt;b&gt; &amp; --&gt;>Who &amp; why?\n" in file and "\nNobody.\n" in file
    assert [html.unescape(cue.text) for cue in webvtt.from_string(file)] == ["Who & why?", "Nobody."]
