"""MP4 files built to hurt: tables that claim billions, an index that is packed, references to elsewhere."""

import struct
import zlib
from random import Random

from tests.media.hostile.targets import Targets

_LARGE = (0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x10000000, 1_000_000)
_UPRIGHT = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def box(name: bytes, content: bytes = b"", *, size: int | None = None) -> bytes:
    """A box; `size` may lie."""
    return struct.pack(">I", (len(content) + 8 if size is None else size) & 0xFFFFFFFF) + name + content


def full(name: bytes, content: bytes, flags: int = 0) -> bytes:
    return box(name, struct.pack(">I", flags) + content)


def _head() -> bytes:
    return box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")


def _track(
    table: bytes,
    *,
    kind: bytes = b"soun",
    timescale: int = 48_000,
    duration: int = 0,
    before: bytes = b"",
    refs: bytes = b"",
) -> bytes:
    own = full(b"tkhd", struct.pack(">IIIII", 0, 0, 1, 0, duration) + bytes(16) + _UPRIGHT + bytes(8), 3)
    clock = full(b"mdhd", struct.pack(">IIII", 0, 0, timescale, duration) + bytes(4))
    handler = full(b"hdlr", bytes(4) + kind + bytes(13))
    references = box(b"dinf", full(b"dref", struct.pack(">I", 1) + (refs or full(b"url ", b"", 1))))
    return box(b"trak", own + before + box(b"mdia", clock + handler + box(b"minf", references + box(b"stbl", table))))


def _raw_sound(channels: int = 1, rate: int = 48_000, name: bytes = b"sowt") -> bytes:
    entry = bytes(6) + struct.pack(">H", 1) + bytes(8) + struct.pack(">HHII", channels, 16, 0, (rate & 0xFFFF) << 16)
    return full(b"stsd", struct.pack(">I", 1) + box(name, entry))


def _raw_picture(width: int, height: int, name: bytes) -> bytes:
    entry = (
        bytes(6) + struct.pack(">H", 1) + bytes(16) + struct.pack(">HH", width & 0xFFFF, height & 0xFFFF) + bytes(50)
    )
    return full(b"stsd", struct.pack(">I", 1) + box(name, entry))


def _tables(samples: int, *, lasts: int = 960, size: int = 2, chunks: list[int] | None = None, of: int = 1) -> bytes:
    places = chunks if chunks is not None else [48]
    return (
        full(b"stts", struct.pack(">III", 1, samples, lasts))
        + full(b"stsc", struct.pack(">IIII", 1, 1, of, 1))
        + full(b"stsz", struct.pack(">II", size, samples))
        + full(b"stco", struct.pack(">I", len(places)) + b"".join(struct.pack(">I", place) for place in places))
    )


def _file(*tracks: bytes, data: bytes = bytes(4096), more: bytes = b"") -> bytes:
    film = full(b"mvhd", struct.pack(">IIII", 0, 0, 1000, 0) + struct.pack(">IH", 0x10000, 0x100) + bytes(70))
    return _head() + box(b"mdat", data) + box(b"moov", film + b"".join(tracks) + more)


def billions_of_samples(chance: Random, _: Targets) -> bytes:
    count = chance.choice(_LARGE)
    return _file(_track(_raw_sound() + _tables(count, of=count, size=chance.choice((0, 1, 2, 0xFFFFFFFF)))))


def tables_longer_than_the_file(chance: Random, _: Targets) -> bytes:
    names = (
        b"stts",
        b"stsc",
        b"stsz",
        b"stco",
        b"co64",
        b"ctts",
        b"stss",
        b"elst",
        b"sbgp",
        b"sgpd",
        b"stps",
        b"sdtp",
        b"cslg",
    )
    tables = b"".join(full(name, struct.pack(">I", chance.choice(_LARGE)) + chance.randbytes(40)) for name in names)
    return _file(_track(_raw_sound() + tables))


def packed_index(chance: Random, _: Targets) -> bytes:
    """The whole index packed with zlib (cmov): a small file, a large claim."""
    inside = chance.choice(
        (
            box(b"moov", bytes(chance.choice((1_000_000, 60_000_000)))),
            box(b"moov", box(b"trak") * 500_000),
            box(b"moov", box(b"cmov", box(b"dcom", b"zlib"))) * 1000,
            _file(_track(_raw_sound() + _tables(100)))[4096 + 40 :],
        )
    )
    claim = chance.choice((len(inside), 0xFFFFFFFF, 0x7FFFFFFF, 10, 0))
    packed = box(b"cmvd", struct.pack(">I", claim) + zlib.compress(inside, 9))
    return _head() + box(b"moov", box(b"cmov", box(b"dcom", b"zlib") + packed))


def an_hour_of_silence(chance: Random, _: Targets) -> bytes:
    """A few kilobytes: all chunks point at the same bytes."""
    minutes = chance.choice((34, 36, 60, 6000))
    of, lasts = 1000, chance.choice((960, 48_000))
    samples = minutes * 60 * 48_000 // lasts
    chunks = [48] * (samples // of + 1)
    return _file(_track(_raw_sound() + _tables(samples, lasts=lasts, chunks=chunks, of=of), duration=samples))


def one_chunk_many_times(chance: Random, _: Targets) -> bytes:
    """A file of megabytes that plays gigabytes: the same large sample over and over."""
    data, count = bytes(1_000_000), chance.choice((500, 5000, 100_000))
    return _file(_track(_raw_sound() + _tables(count, size=len(data), chunks=[48] * count)), data=data)


def files_elsewhere(chance: Random, targets: Targets) -> bytes:
    """Data references to another file and to a place in the network."""
    path = chance.choice((str(targets.text), str(targets.recording), f"../{targets.recording.name}")).encode()
    alias = (
        bytes(4)
        + bytes(150)
        + struct.pack(">hh", 2, len(path))
        + path
        + struct.pack(">hh", 18, 1)
        + b"/"
        + struct.pack(">h", -1)
    )
    refs = chance.choice(
        (
            full(b"url ", f"http://127.0.0.1:{targets.port}/".encode() + b"\0"),
            full(b"url ", b"file://" + path + b"\0"),
            full(b"urn ", b"a\0" + path + b"\0"),
            full(b"alis", alias),
        )
    )
    return _file(_track(_raw_sound() + _tables(100), refs=refs))


def odd_pieces(chance: Random, _: Targets) -> bytes:
    """Fragments whose runs claim more than there is."""
    run = full(
        b"trun",
        struct.pack(">Ii", chance.choice(_LARGE), chance.choice((0, -1, 1 << 30))) + chance.randbytes(60),
        0xF05,
    )
    extends = box(b"mvex", full(b"trex", struct.pack(">IIIII", 1, 1, chance.choice(_LARGE), chance.choice((0, 2)), 0)))
    header = full(b"tfhd", struct.pack(">I", 1), chance.choice((0, 0x20000)))
    fragment = box(b"moof", full(b"mfhd", b"\0\0\0\1") + box(b"traf", header + run * chance.choice((1, 200)))) + box(
        b"mdat", bytes(64)
    )
    index = full(b"sidx", struct.pack(">IIIIHH", 1, 1000, 0, 0, 0, 0xFFFF) + bytes(100))
    return _file(_track(_raw_sound() + _tables(0)), more=extends) + index + fragment * chance.choice((1, 300))


def deep_nesting(chance: Random, _: Targets) -> bytes:
    name = chance.choice((b"moov", b"trak", b"mdia", b"udta", b"meta", b"moof", b"wave"))
    inside = b""
    for _level in range(chance.choice((15, 3000))):
        inside = box(name, inside)
    return _file(_track(_raw_sound() + _tables(100)), more=inside)


def many_tracks(chance: Random, _: Targets) -> bytes:
    kind, name = chance.choice(
        ((b"soun", b"sowt"), (b"text", b"tx3g"), (b"sbtl", b"tx3g"), (b"subt", b"stpp"), (b"tmcd", b"tmcd"))
    )
    track = _track(_raw_sound(name=name) + _tables(10), kind=kind)
    return _file(_track(_raw_sound() + _tables(100)), *[track] * chance.choice((100, 900, 3000)))


def edits_without_end(chance: Random, _: Targets) -> bytes:
    edit = struct.pack(
        ">IiI", chance.choice((1, 0xFFFFFFFF)), chance.choice((-1, 0, 1 << 30)), chance.choice((0, 0x10000, 0xFFFFFFFF))
    )
    many = chance.choice((1, 1000, 100_000))
    edits = box(b"edts", full(b"elst", struct.pack(">I", many) + edit * many))
    return _file(_track(_raw_sound() + _tables(2000, of=2000), before=edits))


def huge_picture(chance: Random, _: Targets) -> bytes:
    name = chance.choice(
        (
            b"raw ",
            b"avc1",
            b"hvc1",
            b"vp08",
            b"vp09",
            b"av01",
            b"jpeg",
            b"png ",
            b"mp4v",
            b"rle ",
            b"2vuy",
            b"apcn",
            b"qdrw",
        )
    )
    side = chance.choice((16_000, 65_535))
    frame = chance.randbytes(2000)
    table = _raw_picture(side, side, name) + _tables(20, lasts=40, size=100, of=20)
    return _file(_track(table, kind=b"vide", timescale=1000), data=frame)


def odd_clocks(chance: Random, _: Targets) -> bytes:
    timescale = chance.choice((0, 1, 0xFFFFFFFF, 0x7FFFFFFF))
    table = _raw_sound() + _tables(200, lasts=chance.choice((0, 1, 0xFFFFFFFF, 0x80000000)), of=200)
    return _file(_track(table, timescale=timescale, duration=0xFFFFFFFF))


def odd_sound(chance: Random, _: Targets) -> bytes:
    name = chance.choice(
        (b"sowt", b"mp4a", b"Opus", b"fLaC", b"alac", b"ima4", b"ulaw", b"QDM2", b"ac-3", b"lpcm", b".mp3", b"samr")
    )
    table = _raw_sound(chance.choice((0, 1, 255, 65_535)), chance.choice((0, 1, 65_535)), name)
    return _file(_track(table + _tables(300, size=10, of=300)), data=chance.randbytes(4096))


def sizes_that_lie(chance: Random, _: Targets) -> bytes:
    huge = struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", chance.choice(((1 << 64) - 1, 1 << 62, 0, 15)))
    liar = chance.choice(
        (huge, box(b"moov", size=0), box(b"free", size=0xFFFFFFFF), box(b"uuid", size=9), box(b"moov", size=1))
    )
    return _head() + liar + bytes(200) + _file(_track(_raw_sound() + _tables(100)))[24:]


CRAFTED = (
    billions_of_samples,
    tables_longer_than_the_file,
    packed_index,
    an_hour_of_silence,
    one_chunk_many_times,
    files_elsewhere,
    odd_pieces,
    deep_nesting,
    many_tracks,
    edits_without_end,
    huge_picture,
    odd_clocks,
    odd_sound,
    sizes_that_lie,
)
