"""What else comes under a recording's name: scripts that name other files, Ogg and WAV that lie, no media at all."""

import gzip
import struct
from random import Random

from tests.media.hostile.targets import Targets

_SCRIPTS = (
    "ffconcat version 1.0\nfile '{secret}'\n",
    "ffconcat version 1.0\nfile {name}\nduration 3\n",
    "ffconcat version 1.0\nfile ../{name}\n",
    "ffconcat version 1.0\nfile 'http://127.0.0.1:{port}/a.webm'\n",
    "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\n{secret}\n#EXT-X-ENDLIST\n",
    "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n",
    "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nconcat:http://127.0.0.1:{port}/?|subfile,,start,0,end,9,,:{text}\n",
    '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:{port}/key"\n#EXTINF:1,\ncrypto:{secret}\n',
    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://127.0.0.1:{port}/list.m3u8\n",
    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "<?xml version='1.0'?><MPD><Period><BaseURL>file://{secret}</BaseURL></Period></MPD>",
    "<?xml version='1.0'?><MPD><Period><BaseURL>http://127.0.0.1:{port}/</BaseURL></Period></MPD>",
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:{port}/'/></svg>",
    "<!doctype html><video src='{secret}'></video><script>fetch('/')</script>",
    "RTSPtextRTSP://127.0.0.1:{port}/a\n",
    ";FFMETADATA1\ntitle={secret}\n",
    "[Reference]\nRef1=http://127.0.0.1:{port}/a?MSWMExt=.asf\n",
)
_HEADS = (
    b"",
    b"",
    b"\x1a\x45\xdf\xa3\x01" + b"\xff" * 7,
    b"\x1a\x45\xdf\xa3",
    struct.pack(">I", 24) + b"ftypisom\0\0\2\0isommp41",
    b"\0\0\0\x08ftyp",
    b"OggS",
    b"RIFF\xff\xff\xff\xffWAVE",
    b"RIFF\xff\xff\xff\xffWAVEfmt ",
)
_NO_MEDIA = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0\0\x10JFIF",
    b"GIF89a",
    b"\x7fELF\x02\x01\x01",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\xfd7zXZ\0",
    b"7z\xbc\xaf\x27\x1c",
    b"FLV\x01\x05\0\0\0\x09",
    b"\x47\x40\0\x10" * 47,
    b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
    b"fLaC\0\0\0\x22",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    b"#!AMR\n",
)


def script(chance: Random, targets: Targets) -> bytes:
    text = chance.choice(_SCRIPTS).format(
        secret=targets.recording, text=targets.text, name=targets.recording.name, port=targets.port
    )
    return chance.choice(_HEADS) + text.encode() * chance.choice((1, 1, 200))


def no_media(chance: Random, _: Targets) -> bytes:
    body = chance.choice((chance.randbytes(3000), bytes(3000), gzip.compress(bytes(5_000_000))))
    return chance.choice(_NO_MEDIA) + body


def noise_behind_a_head(chance: Random, _: Targets) -> bytes:
    return chance.choice(_HEADS[2:]) + chance.randbytes(chance.choice((10, 1000, 300_000)))


def odd_wav(chance: Random, _: Targets) -> bytes:
    tag = chance.choice((1, 1, 3, 6, 0x55, 0x2000, 0xFFFE, 0x161, 0x2, 0x11, chance.randrange(65_536)))
    channels, rate = chance.choice((0, 1, 2, 255, 65_535)), chance.choice((0, 1, 8000, 48_000, 1 << 31, 0xFFFFFFFF))
    align, bits = chance.choice((0, 1, 4, 65_535)), chance.choice((0, 8, 16, 24, 32, 255))
    form = struct.pack("<HHIIHH", tag, channels, rate, rate, align, bits) + chance.randbytes(chance.choice((0, 2, 24)))
    size = chance.choice((0, 4000, 0x7FFFFFFF, 0xFFFFFFFF))
    extra = chance.choice(
        (b"", b"LIST" + struct.pack("<I", 0xFFFFFFF0) + b"INFO", b"bext" + struct.pack("<I", 600) + bytes(600))
    )
    kind = chance.choice((b"RIFF", b"RIFF", b"RF64", b"RIFX"))
    body = chance.choice((bytes(4000), chance.randbytes(4000), bytes(3_000_000)))
    return (
        kind
        + b"\xff\xff\xff\xffWAVEfmt "
        + struct.pack("<I", len(form))
        + form
        + extra
        + b"data"
        + struct.pack("<I", size)
        + body
    )


def odd_ogg(chance: Random, _: Targets) -> bytes:
    """Pages of several streams whose positions leap, with broken sums; comments that claim gigabytes."""
    first = chance.choice(
        (
            b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0\0\0\0",
            b"\x01vorbis\0\0\0\0\x02" + struct.pack("<I", 44_100) + bytes(12) + b"\xb8\x01",
            b"\x80theora\x03\x02\x01" + b"\xff" * 34,
            b"\x7fFLAC\x01\0\0\1fLaC" + chance.randbytes(38),
            b"Speex   1.2" + chance.randbytes(70),
            b"fishead\0" + bytes(56),
        )
    )
    comment = (
        b"OpusTags"
        + struct.pack("<I", chance.choice((0xFFFFFFFF, 0x7FFFFFFF, 3)))
        + b"abc"
        + struct.pack("<I", 0xFFFFFFFF)
    )
    pages = []
    for stream in range(chance.choice((1, 3, 400))):
        pages += [_page(stream, 0, 2, 0, first), _page(stream, 1, 0, 0, comment)]
    for number in range(chance.choice((5, 500))):
        position = chance.choice((number * 960, (1 << 63) - 1, (1 << 64) - 1, 48_000 * 3600 * 10))
        pages.append(
            _page(
                0,
                number + 2,
                chance.choice((0, 1, 4)),
                position,
                chance.choice((b"\xf8\xff\xfe", chance.randbytes(300))),
            )
        )
    return b"".join(pages)


def _page(stream: int, number: int, flags: int, position: int, data: bytes) -> bytes:
    laces = bytes([255] * (len(data) // 255) + [len(data) % 255])
    head = b"OggS\0" + struct.pack("<BQIII", flags, position, stream, number, 0)
    page = head + bytes([len(laces)]) + laces + data
    return page[:22] + struct.pack("<I", _sum(page)) + page[26:]


def _sum(page: bytes) -> int:
    total = 0
    for byte in page:
        total ^= byte << 24
        for _ in range(8):
            total = (total << 1 ^ 0x04C11DB7 if total & 0x80000000 else total << 1) & 0xFFFFFFFF
    return total


CRAFTED = (script, script, script, no_media, noise_behind_a_head, odd_wav, odd_ogg)
