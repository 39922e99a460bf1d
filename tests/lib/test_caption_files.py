"""Captions of others: the odd cases of the specification of WebVTT, and SubRip as it is found."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bothways.lib.caption_files import Fault, Kind, NotCaptions, Unread, read_captions
from bothways.lib.webvtt import Cue

HOUR_MS = 3_600_000
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HELLO = [Cue(1_000, 2_000, "Hello")]
TIMES = "00:01.000 --> 00:02.000"


def words_of(body: str) -> str:
    """The words of the one cue that these lines make."""
    file = read_captions(f"WEBVTT\n\n{TIMES}\n{body}\n".encode())
    assert [cue.start_ms for cue in file.cues] == [1_000]
    return file.cues[0].text


@pytest.mark.parametrize(
    "file",
    [
        f"WEBVTT\n\n{TIMES}\nHello\n",
        f"\ufeffWEBVTT\n\n{TIMES}\nHello",
        f"WEBVTT\r\n\r\n{TIMES}\r\nHello\r\n",
        f"WEBVTT\r\r{TIMES}\rHello\r",
        f"WEBVTT - made elsewhere\n\n{TIMES}\nHello",
        f"WEBVTT\tmade elsewhere\nKind: captions\nLanguage: en\n\n{TIMES}\nHello",
        f"WEBVTT\n{TIMES}\nHello",
        f"WEBVTT\n\n\n\n\n{TIMES}\nHello\n\n\n",
        f"WEBVTT\n\nNOTE\nby\nhand\n\nNOTE once more\n\n{TIMES}\nHello",
        f"WEBVTT\n\nintro\n{TIMES}\nHello",
        f"WEBVTT\n\n1\n{TIMES}\nHello\n\nNOTE the end",
        "WEBVTT\n\n00:00:01.000-->00:00:02.000\nHello",
        "WEBVTT\n\n \t00:01.000 \t-->\t 00:02.000 \nHello",
        "WEBVTT\n\n000:00:01.000 --> 0:00:02.000\nHello",
    ],
)
def test_webvtt_as_it_may_be_written(file: str) -> None:
    read = read_captions(file.encode())
    assert (read.kind, read.cues, read.unread) == (Kind.WEBVTT, HELLO, [])
    assert not read.is_styled and not read.is_guessed


@pytest.mark.parametrize(
    "file",
    [
        f"WEBVTT\n\nSTYLE\n::cue {{ color: red }}\n\n{TIMES}\nHello",
        f"WEBVTT\n\nREGION\nid:fred\nwidth:40%\n\n{TIMES} region:fred\nHello",
        f"WEBVTT\n\n{TIMES} position:10%,line-left line:-1 size:35% align:start vertical:rl\nHello",
        f"WEBVTT\n\n{TIMES}\n<v.loud Marta>Hello</v>",
    ],
)
def test_styles_and_places_are_not_kept_and_this_is_said(file: str) -> None:
    read = read_captions(file.encode())
    assert (read.cues, read.unread, read.is_styled) == (HELLO, [], True)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<v Marta>Good <i.a.b>day</i></v>", "Good day"),
        ("<b>a</b> <u>b</u> <c.yellow.bg_blue>c</c> <lang en-GB>d</lang>", "a b c d"),
        ("- <00:00:01.500>one <00:01.700><c>two</c>", "- one two"),
        ("<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>", "漢(kan)字(ji)"),
        ("Guten&nbsp;Tag &amp; hallo &lt;b&gt; &eacute; &#x41;", "Guten\u00a0Tag & hallo <b> é A"),
        ("&amp;lt;", "&lt;"),
        ("\u200fسؤال؟&lrm; abc&rlm;", "\u200fسؤال؟\u200e abc\u200f"),
        ("5 < 6 and 7 > 6, a <b c", "5 < 6 and 7 > 6, a <b c"),
        ("one\ntwo\nthree", "one\ntwo\nthree"),
        (" spaces   within ", "spaces within"),
        ("a\0b", "a\ufffdb"),
        ("one\n \ntwo", "one\ntwo"),
    ],
)
def test_words_are_kept_without_tags(body: str, text: str) -> None:
    assert words_of(body) == text


def test_hours_above_99_and_missing_hours() -> None:
    file = read_captions(b"WEBVTT\n\n59:59.999 --> 100:00:00.001\na\n\n1234:00:00.000 --> 1234:00:01.000\nb")
    assert file.cues == [Cue(HOUR_MS - 1, 100 * HOUR_MS + 1, "a"), Cue(1234 * HOUR_MS, 1234 * HOUR_MS + 1000, "b")]


@pytest.mark.parametrize(
    "times",
    [
        "00:01.00 --> 00:02.000",
        "00:01.0000 --> 00:02.000",
        "00:61.000 --> 01:02.000",
        "60:01.000 --> 60:02.000",
        "0:01.000 --> 0:02.000",
        "00:01,000 --> 00:02,000",
        "-00:01.000 --> 00:02.000",
        "00:01.000 --> ",
        "--> 00:02.000",
        "one --> two",
        "٠٠:٠١.٠٠٠ --> 00:02.000",
        f"{'9' * 5000}:00:01.000 --> 00:02.000",
    ],
)
def test_times_that_make_no_sense_are_named_and_the_rest_is_read(times: str) -> None:
    file = read_captions(f"WEBVTT\n\n{times}\nLost\n\n{TIMES}\nHello".encode())
    assert file.cues == HELLO
    assert file.unread == [Unread(3, Fault.TIMES)]


def test_a_cue_ends_at_an_empty_line_and_before_an_arrow() -> None:
    file = read_captions(
        f"WEBVTT\n\n{TIMES}\nHello\n\nLost words\nof two lines\n\n"
        "00:03.000 --> 00:04.000\nno empty line\n00:05.000 --> 00:06.000\nbetween\nid\n"
        "00:07.000 --> 00:08.000\nlast".encode()
    )
    assert [cue.text for cue in file.cues] == ["Hello", "no empty line", "between\nid", "last"]
    assert file.unread == [Unread(6, Fault.NO_TIMES)]


def test_an_arrow_in_words_is_no_arrow_when_it_is_escaped() -> None:
    assert words_of("a --&gt; b") == "a --> b"
    file = read_captions(f"WEBVTT\n\n{TIMES}\nHello\na --> b\n".encode())
    assert (file.cues, file.unread) == (HELLO, [Unread(5, Fault.TIMES)])


def test_empty_and_backward_cues_are_named() -> None:
    file = read_captions(
        f"WEBVTT\n\n{TIMES}\n\n00:03.000 --> 00:04.000\n<b></b>\n\n00:05.000 --> 00:05.000\nflash\n\n"
        f"{TIMES}\nHello".encode()
    )
    assert file.cues == HELLO
    assert file.unread == [Unread(3, Fault.NO_WORDS), Unread(5, Fault.NO_WORDS), Unread(8, Fault.BACKWARDS)]


def test_overlapping_cues_and_those_out_of_order_are_kept_as_they_are() -> None:
    file = read_captions(
        b"WEBVTT\n\n00:02.000 --> 00:05.000\nb\n\n00:01.000 --> 00:04.000\na\n\n00:02.000 --> 00:03.000\nc"
    )
    assert [cue.text for cue in file.cues] == ["b", "a", "c"]


def test_what_lies_behind_the_end_of_the_recording_is_cut() -> None:
    file = read_captions(f"WEBVTT\n\n00:09.000 --> 00:10.000\nLate\n\nx\n\n{TIMES}\nHello".encode())
    file.cut(1_500)
    assert file.cues == [Cue(1_000, 1_500, "Hello")]
    assert file.unread == [Unread(3, Fault.TOO_LATE), Unread(6, Fault.NO_TIMES)]


@pytest.mark.parametrize(
    "file",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nHello\n",
        "1\n00:00:01.000 --> 00:00:02.000\nHello",
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n\r\n",
        "\n\n00:00:01,000 --> 00:00:02,000\nHello\n\n\n",
        "7\n0:00:01,0 --> 0:0:02,000  X1:100 X2:200 Y1:100 Y2:200\nHello\n",
        "1\n00:00:01,000-->00:00:02,000\n\nHello\n",
        "1\n00:01 --> 00:02\nHello",
        '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#fff"><b>Hello</b></font>\n',
        "1\n00:00:01,000 --> 00:00:02,000\n{i}Hello{/i}<br>\n",
    ],
)
def test_subrip_as_it_is_found(file: str) -> None:
    read = read_captions(file.encode())
    assert (read.kind, read.cues, read.unread) == (Kind.SUBRIP, HELLO, [])


def test_subrip_keeps_words_across_empty_lines_and_names_what_it_cannot_use() -> None:
    file = read_captions(
        b"Made by hand\n\n1\n00:00:01,000 --> 00:00:02,000\none\n\ntwo & a < b\n\n"
        b"2\n00:00:xx,000 --> 00:00:04,000\nlost\n\n3\n00:00:04,000 --> 00:00:03,000\nbackwards\n\n"
        b"4\n00:00:05,000 --> 00:00:06,000\n\n5\n00:00:07,000 --> 00:00:08,000\nin 1999 --> now\n42\n6\n"
        b"00:00:09,000 --> 00:00:10,000\n7\n"
    )
    assert file.cues == [
        Cue(1_000, 2_000, "one\ntwo & a < b"),
        Cue(7_000, 8_000, "in 1999 --> now\n42"),
        Cue(9_000, 10_000, "7"),
    ]
    assert file.unread == [
        Unread(1, Fault.NO_TIMES),
        Unread(10, Fault.TIMES),
        Unread(14, Fault.BACKWARDS),
        Unread(18, Fault.NO_WORDS),
    ]


@pytest.mark.parametrize(("encoding", "is_guessed"), [("utf-8", False), ("utf-16", False), ("cp1252", True)])
def test_subrip_in_other_encodings(encoding: str, is_guessed: bool) -> None:
    file = read_captions("1\n00:00:01,000 --> 00:00:02,000\nDéjà “vu”\n".encode(encoding))
    assert [cue.text for cue in file.cues] == ["Déjà “vu”"]
    assert file.is_guessed == is_guessed


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00W", b"\x1aE\xdf\xa3", b"<html>WEBVTT</html>", b"WEBVTTX\n\na"])
def test_other_files_are_none(data: bytes) -> None:
    with pytest.raises(NotCaptions):
        read_captions(data)


@UNTIMED
@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from(["WEBVTT", TIMES, "-->", "NOTE", "STYLE", "<rt>", "{\\", "", "1", "a"])).map(
        lambda lines: "\n".join(lines).encode()
    )
)
def test_anything_is_read_or_refused(data: bytes) -> None:
    try:
        file = read_captions(data)
    except NotCaptions:
        return
    assert len(file.cues) == len(file.lines)
    assert all(cue.start_ms < cue.end_ms and cue.text for cue in file.cues)


@pytest.mark.parametrize("part", ["<", "<rt", "<rt>", "{\\", "<b", "00:", "--> ", "1\n", " ", "&"])
def test_large_files_are_read_in_one_pass(part: str) -> None:
    """What makes a pattern try again and again would take minutes here, and the test's limit of time would end it."""
    body = part * (200_000 // len(part))
    assert read_captions(f"WEBVTT\n\n{TIMES}\nHello\n\n00:03.000 --> 00:04.000\n{body}".encode()).cues[0] == HELLO[0]
    assert read_captions(
        f"1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:03,000 --> 00:00:04,000\n{body}".encode()
    )
