"""What every store must do. A new store joins by one more entry in `STORES`."""

import errno
import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bothways
from bothways.media.store import (
    DiskStore,
    NoSuchObject,
    OffsetBeyondEnd,
    Store,
    StoreFull,
    UnsafeKey,
    check_key,
)

STORES: dict[str, Callable[[Path], Store]] = {"disk": DiskStore}

SOURCE = {"PYTHONPATH": str(Path(bothways.__file__).parents[1])}

HOSTILE_KEYS = [
    "",
    "/etc/passwd",
    "../../etc/passwd",
    f"{uuid.UUID(int=1)}/../{uuid.UUID(int=2)}/original",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/../original",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/..",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/.hidden",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/a..b",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/a/b",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/original\n",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/original\x00.mp4",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/ORIGINAL",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/Ünïcode",
    f"{uuid.UUID(int=1)}/{uuid.UUID(int=2)}/" + "a" * 65,
    f"{str(uuid.UUID(int=10**30)).upper()}/{uuid.UUID(int=2)}/original",
    f"{uuid.UUID(int=1)}\\{uuid.UUID(int=2)}\\original",
    f"٠{str(uuid.UUID(int=1))[1:]}/{uuid.UUID(int=2)}/original",
]


@pytest.fixture(params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return STORES[request.param](tmp_path / "store")


@pytest.fixture
def key() -> str:
    return f"{uuid.uuid4()}/{uuid.uuid4()}/original"


def read(store: Store, key: str) -> bytes:
    return b"".join(store.open_range(key, 0, store.size(key) or 0))


def write(store: Store, key: str, offset: int, *parts: bytes) -> None:
    with store.write_at(key, offset) as writer:
        writer.write(*parts)
        writer.sync()


def test_what_is_written_in_parts_is_read_back(store: Store, key: str) -> None:
    write(store, key, 0, b"one", b"", b"two")
    write(store, key, 6, b"three")
    assert store.size(key) == 11
    assert read(store, key) == b"onetwothree"


def test_more_parts_than_one_system_call_takes(store: Store, key: str) -> None:
    parts = [bytes([n % 256]) * (n % 7) for n in range(3000)]
    write(store, key, 0, *parts)
    assert read(store, key) == b"".join(parts)


def test_the_writer_says_where_the_next_byte_goes(store: Store, key: str) -> None:
    with store.write_at(key, 0) as writer:
        writer.write(b"12345")
        assert writer.offset == 5


def test_nothing_stands_under_a_new_key(store: Store, key: str) -> None:
    assert store.size(key) is None
    assert store.delete(key) is False
    with pytest.raises(NoSuchObject):
        store.open_range(key, 0, 1)
    with pytest.raises(NoSuchObject), store.local_path(key):
        pass


def test_opening_at_offset_zero_makes_an_empty_object(store: Store, key: str) -> None:
    with store.write_at(key, 0):
        pass
    assert store.size(key) == 0


def test_writing_at_an_earlier_offset_cuts_off_what_stood_after(store: Store, key: str) -> None:
    write(store, key, 0, b"abcdefgh")
    write(store, key, 3, b"X")
    assert read(store, key) == b"abcX"


def test_a_hole_is_refused_and_nothing_changes(store: Store, key: str) -> None:
    write(store, key, 0, b"abc")
    with pytest.raises(OffsetBeyondEnd), store.write_at(key, 4):
        pass
    assert read(store, key) == b"abc"


def test_a_hole_in_nothing_is_refused_and_makes_nothing(store: Store, key: str) -> None:
    with pytest.raises(OffsetBeyondEnd), store.write_at(key, 1):
        pass
    assert store.size(key) is None


def test_ranges(store: Store, key: str) -> None:
    content = os.urandom(700_001)
    write(store, key, 0, content)
    for start, end in [(0, 1), (5, 5), (1, 300_000), (700_000, 700_001), (699_999, 900_000)]:
        assert b"".join(store.open_range(key, start, end)) == content[start:end]


def test_a_range_that_nobody_reads_on_lets_go_of_the_object(store: Store, key: str) -> None:
    write(store, key, 0, b"x" * 600_000)
    pieces = store.open_range(key, 0, 600_000)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert store.delete(key) is True


def test_a_file_is_put_whole_in_place_of_the_old_one(store: Store, key: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"new and longer")
    write(store, key, 0, b"old")
    assert store.put_file(key, source) == 14
    assert read(store, key) == b"new and longer"
    assert source.read_bytes() == b"new and longer"


def test_a_reader_sees_the_old_or_the_new_file_but_no_half(store: Store, key: str, tmp_path: Path) -> None:
    sources = [tmp_path / "a", tmp_path / "b"]
    for letter, source in zip(b"ab", sources, strict=True):
        source.write_bytes(bytes([letter]) * 200_000)
    store.put_file(key, sources[0])
    seen: set[bytes] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            with store.local_path(key) as path:
                seen.add(path.read_bytes())

    watcher = threading.Thread(target=watch)
    watcher.start()
    for n in range(60):
        store.put_file(key, sources[n % 2])
    done.set()
    watcher.join()
    assert seen <= {b"a" * 200_000, b"b" * 200_000}


def test_delete(store: Store, key: str) -> None:
    write(store, key, 0, b"abc")
    assert store.delete(key) is True
    assert store.size(key) is None


def test_free_bytes_is_a_number_or_unlimited(store: Store) -> None:
    free = store.free_bytes()
    assert free is None or free > 0


@pytest.mark.parametrize("hostile", HOSTILE_KEYS)
def test_hostile_keys_are_refused_by_every_call(store: Store, tmp_path: Path, hostile: str) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"abc")
    calls: list[Callable[[], object]] = [
        lambda: store.size(hostile),
        lambda: store.write_at(hostile, 0).__enter__(),
        lambda: store.put_file(hostile, source),
        lambda: store.local_path(hostile).__enter__(),
        lambda: store.open_range(hostile, 0, 1),
        lambda: store.delete(hostile),
    ]
    for call in calls:
        with pytest.raises(UnsafeKey):
            call()


@given(st.text(max_size=120))
def test_no_text_of_a_person_is_a_key(text: str) -> None:
    with pytest.raises(UnsafeKey):
        check_key(text)


@given(st.uuids(), st.uuids(), st.from_regex(r"[a-z0-9._/-]{0,70}", fullmatch=True))
def test_whatever_passes_as_a_name_stays_in_its_folder(
    organization: uuid.UUID, recording: uuid.UUID, name: str
) -> None:
    key = f"{organization}/{recording}/{name}"
    try:
        check_key(key)
    except UnsafeKey:
        return
    root = Path("/somewhere")
    assert Path(os.path.normpath(root / key)).parent == root / str(organization) / str(recording)


def test_a_full_disk_is_named_and_keeps_what_was_durable(
    store: Store, key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(store, key, 0, b"durable")
    source = tmp_path / "source"
    source.write_bytes(b"abc")

    def no_room(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    for call in ("pwritev", "pwrite", "fdatasync", "fsync"):
        monkeypatch.setattr(os, call, no_room)
    with pytest.raises(StoreFull), store.write_at(key, 7) as writer:
        writer.write(b"more")
        writer.sync()
    with pytest.raises(StoreFull):
        store.put_file(key, source)
    monkeypatch.undo()
    assert read(store, key)[:7] == b"durable"


def test_a_disk_that_takes_only_a_part_of_a_write_is_asked_again(
    store: Store, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_write = os.pwrite
    monkeypatch.setattr(os, "pwritev", lambda handle, parts, offset: whole_write(handle, b"".join(parts)[:5], offset))
    monkeypatch.setattr(os, "pwrite", lambda handle, data, offset: whole_write(handle, data[:3], offset))
    write(store, key, 0, b"0123456", b"789", b"abcdef")
    assert read(store, key) == b"0123456789abcdef"


def test_a_size_limit_of_the_system_is_a_full_store(store: Store, key: str, tmp_path: Path) -> None:
    """A real refusal of the kernel: the process may not make files over 1 MB."""
    program = (
        "import resource, signal, sys, pathlib\n"
        "from bothways.media.store import DiskStore, StoreFull\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "store = DiskStore(pathlib.Path(sys.argv[1]))\n"
        "try:\n"
        "    with store.write_at(sys.argv[2], 0) as writer:\n"
        "        writer.write(b'x' * 600_000); writer.sync(); writer.write(b'y' * 600_000)\n"
        "except StoreFull:\n"
        "    print('full', store.size(sys.argv[2]) >= 600_000)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "limited"), key]
    assert subprocess.run(command, capture_output=True, text=True, check=True, env=SOURCE).stdout == "full True\n"


def test_the_reserve_is_not_given_away(tmp_path: Path, key: str) -> None:
    free = DiskStore(tmp_path).free_bytes()
    store = DiskStore(tmp_path, reserve_bytes=free * 2)
    source = tmp_path / "source"
    source.write_bytes(b"abc")
    assert store.free_bytes() == 0
    with pytest.raises(StoreFull), store.write_at(key, 0):
        pass
    with pytest.raises(StoreFull):
        store.put_file(key, source)
    assert store.size(key) is None


KILLED = """
import pathlib, sys
from bothways.media.store import DiskStore
store = DiskStore(pathlib.Path(sys.argv[1]))
key, source = sys.argv[2], pathlib.Path(sys.argv[3])
print("ready", flush=True)
if sys.argv[4] == "write":
    with store.write_at(key, 0) as writer:
        while True:
            writer.write(b"0123456789" * 1000)
            writer.sync()
            print(writer.offset, flush=True)
while True:
    store.put_file(key, source)
    print(source.stat().st_size, flush=True)
"""


@pytest.mark.parametrize("kind", ["write", "put"])
@pytest.mark.parametrize("lines", [1, 2, 7])
def test_killed_in_the_middle(tmp_path: Path, key: str, kind: str, lines: int) -> None:
    """What was said to be durable is there after kill -9, and no unfinished copy stands under a key."""
    root, source = tmp_path / "store", tmp_path / "source"
    source.write_bytes(b"0123456789" * 300_000)
    command = [sys.executable, "-c", KILLED, str(root), key, str(source), kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=SOURCE) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(lines + 1)]
        process.send_signal(signal.SIGKILL)
    store = DiskStore(root)
    content = read(store, key)
    assert len(content) >= int(said[-1])
    assert content == (b"0123456789" * (len(content) // 10 + 1))[: len(content)]
    if kind == "put":
        assert content == source.read_bytes()
    assert [path.name for path in (root / "objects").rglob("*") if path.is_file()] == ["original"]
    store.tidy(older_than=-1)
    assert list((root / "unfinished").iterdir()) == []
    assert read(store, key) == content


def test_files_are_for_the_server_alone(tmp_path: Path, key: str) -> None:
    store = DiskStore(tmp_path / "store")
    write(store, key, 0, b"abc")
    source = tmp_path / "source"
    source.touch(mode=0o644)
    store.put_file(key.replace("original", "playable.webm"), source)
    with store.local_path(key) as path:
        assert all(file.stat().st_mode & 0o077 == 0 for file in path.parent.iterdir())
        assert path.parent.stat().st_mode & 0o077 == 0
