"""Matroska files built to hurt: what is packed small and opens large, what is declared and is not there."""

import bz2
import struct
import zlib
from random import Random

_OPUS_HEAD = b"OpusHead\x01\x01\x38\x01" + struct.pack("<I", 48_000) + bytes(3)
_SILENCE = b"\xf8\xff\xfe"
"""One Opus packet of 20 ms without sound."""

_ZLIB, _BZLIB, _LZO, _STRIPPED = 0, 1, 2, 3
_VIDEO, _SOUND, _SUBTITLES = 1, 2, 17


def element(name: str, content: bytes | int, *, size: int | None = None) -> bytes:
    """An element by its hexadecimal name; a number is written in eight bytes; `size` may lie."""
    data = content.to_bytes(8, "big") if isinstance(content, int) else content
    length = len(data) if size is None else size
    return bytes.fromhex(name) + (length | 1 << 56).to_bytes(8, "big") + data


def _head(kind: bytes = b"webm") -> bytes:
    return element("1a45dfa3", element("4282", kind) + element("4287", 4) + element("4285", 2))


def _segment(*children: bytes, kind: bytes = b"webm") -> bytes:
    return _head(kind) + bytes.fromhex("18538067") + b"\x01" + b"\xff" * 7 + b"".join(children)


def _info() -> bytes:
    return element("1549a966", element("2ad7b1", 1_000_000))


def _track(number: int, kind: int, codec: bytes, *more: bytes) -> bytes:
    return element(
        "ae",
        element("d7", number) + element("73c5", number) + element("83", kind) + element("86", codec) + b"".join(more),
    )


def _picture(width: int, height: int, codec: bytes = b"V_VP8", *more: bytes) -> bytes:
    return _track(1, _VIDEO, codec, element("e0", element("b0", width) + element("ba", height)), *more)


def _opus(*more: bytes) -> bytes:
    sound = element("e1", element("b5", struct.pack(">d", 48_000.0)) + element("9f", 1))
    return _track(1, _SOUND, b"A_OPUS", element("63a2", _OPUS_HEAD), sound, *more)


def _raw_sound(*more: bytes) -> bytes:
    sound = element("e1", element("b5", struct.pack(">d", 48_000.0)) + element("9f", 2) + element("6264", 16))
    return _track(1, _SOUND, b"A_PCM/INT/LIT", sound, *more)


def _packed(method: int, settings: bytes = b"", scope: int = 1) -> bytes:
    how = element("5034", element("4254", method) + (element("4255", settings) if settings else b""))
    return element("6d80", element("6240", element("5031", 0) + element("5032", scope) + element("5033", 0) + how))


def _tracks(*tracks: bytes) -> bytes:
    return element("1654ae6b", b"".join(tracks))


def _block(data: bytes, *, track: int = 1, time: int = 0, lacing: int = 0) -> bytes:
    return element("a3", bytes([0x80 | track]) + struct.pack(">h", time) + bytes([0x80 | lacing << 1]) + data)


def _cluster(time: int, *blocks: bytes) -> bytes:
    return element("1f43b675", element("e7", time) + b"".join(blocks))


def _vp8_keyframe(width: int, height: int) -> bytes:
    return b"\x10\x02\x00\x9d\x01\x2a" + struct.pack("<HH", width & 0x3FFF, height & 0x3FFF) + bytes(64)


def huge_picture(chance: Random) -> bytes:
    codec = chance.choice(
        (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MJPEG", b"V_MPEG4/ISO/AVC", b"V_UNCOMPRESSED", b"V_THEORA")
    )
    width, height = chance.choice(((16_000, 16_000), (16_383, 16_383), (65_535, 1), (1 << 31, 1 << 31), (1 << 62, 2)))
    frame = _vp8_keyframe(width, height)
    return _segment(
        _info(), _tracks(_picture(width, height, codec)), _cluster(0, _block(frame), _block(frame, time=40))
    )


def picture_that_grows(chance: Random) -> bytes:
    """Announced small; a later keyframe says that it is huge."""
    side = chance.choice((4097, 9000, 16_383))
    blocks = [_block(_vp8_keyframe(320, 180)), _block(_vp8_keyframe(side, side), time=40)]
    return _segment(_info(), _tracks(_picture(320, 180)), _cluster(0, *blocks))


def growing(times: int) -> bytes:
    """Raw silence, packed: each block nine kilobytes that open into nine megabytes, each after the one before."""
    packed = _zlib(bytes(9_000_000))
    return _segment(
        _info(),
        _tracks(_raw_sound(_packed(_ZLIB))),
        *(_cluster(number * 47_000, _block(packed)) for number in range(times)),
    )


def packed_blocks(chance: Random) -> bytes:
    """Each block opens to ten megabytes, a thousand or many more times its size."""
    size = chance.choice((1_000_000, 9_900_000, 50_000_000))
    method, pack = chance.choice(((_ZLIB, _zlib), (_BZLIB, bz2.compress), (_LZO, _lzo)))
    packed = pack(bytes(size))
    blocks = (_block(packed, time=number) for number in range(chance.choice((3, 60, 400))))
    track = chance.choice((_raw_sound, _opus))(_packed(method))
    return _segment(_info(), _tracks(track), _cluster(0, *blocks))


def _zlib(data: bytes) -> bytes:
    return zlib.compress(data, 9)


def _lzo(data: bytes) -> bytes:
    """LZO1X: four plain bytes, then one far-reaching copy of the byte before."""
    whole, rest = divmod(len(data) - 4, 255)
    return b"\x15" + bytes(4) + b"\x20" + bytes(whole) + bytes([max(1, rest)]) + b"\0\0" + b"\x11\0\0"


def packed_set_up(chance: Random) -> bytes:
    """The codec's own set-up data is packed, too."""
    packed = _zlib(bytes(chance.choice((1000, 9_000_000, 80_000_000))))
    track = _track(
        1, _SOUND, b"A_OPUS", element("63a2", packed), _packed(_ZLIB, scope=3), element("e1", element("9f", 1))
    )
    return _segment(_info(), _tracks(track), _cluster(0, _block(_zlib(_SILENCE))))


def long_stripped_heads(chance: Random) -> bytes:
    """Header stripping that puts a long text before each of many tiny frames."""
    stripped = chance.randbytes(1) * chance.choice((100, 100_000, 1_000_000))
    blocks = (_block(b"x", time=number) for number in range(chance.choice((100, 3000))))
    return _segment(_info(), _tracks(_raw_sound(_packed(_STRIPPED, stripped))), _cluster(0, *blocks))


def an_hour_of_silence(chance: Random) -> bytes:
    """Some 20 kB; with lace and zlib each block holds five seconds."""
    laced = b"\xfe" + _SILENCE * 255
    packed = chance.random() < 0.7
    content = _zlib(laced) if packed else laced
    minutes = chance.choice((34, 36, 60, 600))
    clusters = [
        _cluster(start, *(_block(content, time=at, lacing=2) for at in range(0, 30_600, 5100)))
        for start in range(0, minutes * 60_000, 30_600)
    ]
    return _segment(_info(), _tracks(_opus(_packed(_ZLIB) if packed else b"")), *clusters)


def odd_laces(chance: Random) -> bytes:
    """Lace sizes that run below zero, past the end, or for ever."""
    bodies = (
        b"\xff" * 3000,
        b"\xff" + b"\xff" * 255 + b"\x00" + bytes(10),
        bytes([chance.randrange(256)]) + chance.randbytes(400),
        b"\xff\x01" + b"\xff" * 7 + b"\x80" * 250,
        b"\x02\x08" + b"\x00" * 7,
        b"",
    )
    blocks = (
        _block(chance.choice(bodies), time=number, lacing=chance.randint(1, 3))
        for number in range(chance.choice((5, 300)))
    )
    return _segment(_info(), _tracks(_opus()), _cluster(0, *blocks))


def large_voids(chance: Random) -> bytes:
    void = chance.choice(
        (
            element("ec", b"", size=(1 << 56) - 2),
            element("ec", bytes(5_000_000)),
            b"\xec\x80" * 500_000,
            element("ec", b"", size=1 << 40) * 1000,
        )
    )
    return _segment(void, _info(), _tracks(_opus()), void, _cluster(0, _block(_SILENCE)))


def deep_nesting(chance: Random) -> bytes:
    name = chance.choice(("ae", "1f43b675", "67c8", "b6", "a0", "18538067"))
    inside = b""
    for _ in range(chance.choice((20, 2000))):
        inside = element(name, inside)
    return _segment(_info(), _tracks(_opus()), inside, _cluster(0, _block(_SILENCE)))


def many_tracks(chance: Random) -> bytes:
    count = chance.choice((127, 500, 2000))
    kind = chance.choice((_VIDEO, _SOUND, _SUBTITLES, 16, 18, 32, 99))
    codec = chance.choice(
        (b"S_TEXT/UTF8", b"S_TEXT/ASS", b"V_VP8", b"A_OPUS", b"S_HDMV/PGS", b"S_VOBSUB", b"A_REAL/COOK")
    )
    tracks = [_opus(), *(_track(number, kind, codec, element("63a2", bytes(50))) for number in range(2, count))]
    blocks = (_block(b"words", track=chance.randrange(1, 127), time=number) for number in range(300))
    return _segment(_info(), _tracks(*tracks), _cluster(0, _block(_SILENCE), *blocks))


def attachments(chance: Random) -> bytes:
    names = (b"../../../etc/cron.d/x", b"/etc/passwd", b"a" * 5000, b"font.ttf\0.exe")
    files = [
        element(
            "61a7",
            element("466e", chance.choice(names))
            + element("4660", chance.choice((b"font/ttf", b"image/jpeg", b"text/html", b"x" * 900)))
            + element("465c", chance.randbytes(20) + bytes(chance.choice((0, 50_000))))
            + element("46ae", number + 1),
        )
        for number in range(chance.choice((1, 200, 1500)))
    ]
    return _segment(_info(), _tracks(_opus()), element("1941a469", b"".join(files)), _cluster(0, _block(_SILENCE)))


def chapters_and_tags(chance: Random) -> bytes:
    many = chance.choice((10, 5000))
    chapter = element(
        "b6",
        element("73c4", 1)
        + element("91", (1 << 64) - 1)
        + element("92", 0)
        + element("80", element("85", b"\xff" * 200)),
    )
    tag = element(
        "7373", element("63c0", b"") + element("67c8", element("45a3", b"\xc3(" * 90) + element("4487", b"\0" * 300))
    )
    extra = element("1043a770", element("45b9", chapter * many)) + element("1254c367", tag * many)
    return _segment(_info(), _tracks(_opus()), extra, _cluster(0, _block(_SILENCE)))


def odd_clocks(chance: Random) -> bytes:
    scale = chance.choice((0, 1, (1 << 63), (1 << 64) - 1))
    info = element(
        "1549a966", element("2ad7b1", scale) + element("4489", struct.pack(">d", chance.choice((-1e300, float("nan")))))
    )
    duration = element("23e383", chance.choice((0, 1, (1 << 64) - 1)))
    clusters = [
        _cluster(
            chance.choice((0, (1 << 63) - 1, (1 << 64) - 1, number)),
            _block(_SILENCE, time=chance.randint(-32768, 32767)),
        )
        for number in range(50)
    ]
    return _segment(info, _tracks(_opus(duration)), *clusters)


def odd_sound(chance: Random) -> bytes:
    rate = chance.choice((0.0, -1.0, 1e300, float("nan"), float("inf"), 1e-300, 2.0**31, 192_000.0))
    sound = element(
        "e1",
        element("b5", struct.pack(">d", rate))
        + element("9f", chance.choice((0, 1, 255, 65_535, 1 << 31, (1 << 64) - 1)))
        + element("6264", chance.choice((0, 1, 16, 64, 1 << 31))),
    )
    codec = chance.choice(
        (
            b"A_PCM/INT/LIT",
            b"A_PCM/FLOAT/IEEE",
            b"A_OPUS",
            b"A_VORBIS",
            b"A_FLAC",
            b"A_AAC",
            b"A_MPEG/L3",
            b"A_AC3",
            b"A_MS/ACM",
        )
    )
    track = _track(1, _SOUND, codec, element("63a2", chance.randbytes(chance.choice((0, 19, 300)))), sound)
    blocks = (_block(chance.randbytes(200), time=number * 20) for number in range(100))
    return _segment(_info(), _tracks(track), _cluster(0, *blocks))


def odd_codecs(chance: Random) -> bytes:
    """Codecs that no browser records, with noise for them to read."""
    codec = chance.choice(
        (
            b"V_MS/VFW/FOURCC",
            b"V_QUICKTIME",
            b"V_REAL/RV40",
            b"V_PRORES",
            b"V_FFV1",
            b"V_MPEG2",
            b"V_SNOW",
            b"V_DIRAC",
            b"V_MPEGH/ISO/HEVC",
        )
    )
    private = (
        chance.randbytes(16)
        + chance.choice((b"XVID", b"CINE", b"MSVC", b"SMKA", b"jpeg", b"png "))
        + chance.randbytes(60)
    )
    blocks = (_block(chance.randbytes(500), time=number * 40) for number in range(60))
    return _segment(
        _info(), _tracks(_picture(640, 480, codec, element("63a2", private))), _cluster(0, *blocks), kind=b"matroska"
    )


CRAFTED = (
    huge_picture,
    picture_that_grows,
    packed_blocks,
    packed_set_up,
    long_stripped_heads,
    an_hour_of_silence,
    odd_laces,
    large_voids,
    deep_nesting,
    many_tracks,
    attachments,
    chapters_and_tags,
    odd_clocks,
    odd_sound,
    odd_codecs,
)
