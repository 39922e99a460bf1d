"""Even a decoder that was taken over by its input gets nowhere: what the kernel refuses a step, layer by layer."""

import errno
import json
import os
import socket
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bothways.media.steps import seccomp
from bothways.media.steps.calls import FENCES, try_fences
from bothways.media.steps.failure import MediaFailure
from bothways.media.steps.limits import Limits
from bothways.media.steps.process import run_step
from tests.media.steps.test_limits import children

ROOT = Path(__file__).parents[3]
REFUSED = {"PermissionError", os.strerror(errno.ENOSYS)}
FILES = {
    "read another file",
    "read a file of the system",
    "list a folder",
    "write another file",
    "write its source",
    "look at processes",
}


@pytest.fixture
def port():
    """Of somebody who listens, and whom nobody may reach."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield listener.getsockname()[1]
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.fixture
def got(tmp_path, port):
    """What a process gets that took on these layers."""
    source, folder, other = tmp_path / "source", tmp_path / "out", tmp_path / "other"
    source.write_text("mine")
    other.write_text("not mine")
    folder.mkdir()

    def try_all(layers):
        words = [ROOT / "tests/media/steps/confined.py", layers, source, folder, other, port]
        environment = {"PYTHONPATH": str(ROOT / "src")}
        run = subprocess.run(
            [sys.executable, *map(str, words)], env=environment, capture_output=True, text=True, check=True
        )
        assert (folder / "made").read_text() == "mine"
        return json.loads(run.stdout)

    return try_all


def test_all_layers_together_leave_a_step_its_own_files_and_nothing_else(got):
    said = got("both")
    assert said["thread"]
    refused = {name for name, answer in said["got"].items() if answer in REFUSED}
    expected = (FILES if said["held"]["landlock"] else set()) | (
        said["got"].keys() - FILES if said["held"]["seccomp"] else set()
    )
    assert refused >= expected


def test_landlock_alone_shuts_files_tcp_and_signals(got):
    said = got("landlock")
    refused = {name for name, answer in said["got"].items() if answer == "PermissionError"}
    for since, names in ((1, FILES | {"start a program"}), (4, {"connect"}), (6, {"reach its parent"})):
        if said["held"]["landlock"] >= since:
            assert refused >= names
    assert said["held"]["seccomp"] is False


def test_seccomp_alone_shuts_everything_but_files(got):
    said = got("seccomp")
    refused = {name for name, answer in said["got"].items() if answer in REFUSED}
    assert said["held"]["landlock"] == 0
    assert refused == (said["got"].keys() - FILES if said["held"]["seccomp"] else set())


def test_a_step_is_not_confined_beside_other_threads(tmp_path):
    """Landlock would not reach them, and they share its memory."""
    script = (
        "import threading, time; from pathlib import Path; from bothways.media.steps.confinement import confine\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "confine([], Path('.'))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT / "src")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert "before it starts threads" in run.stderr


def test_a_step_inherits_no_descriptor(tmp_path):
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    before = children()
    with (tmp_path / "secret").open("w") as secret, ThreadPoolExecutor() as beside:
        os.set_inheritable(secret.fileno(), True)
        step = beside.submit(run_step, "watchable", endless, tmp_path, Limits())
        while not (born := children() - before):
            pass
        with endless.open("wb"):  # returns only when the child has come so far as to open it
            held = {int(path.name): path.readlink() for path in Path(f"/proc/{born.pop()}/fd").iterdir()}
        assert isinstance(step.exception(), MediaFailure)
    assert {target for number, target in held.items() if number > 2} == {endless}


def test_the_fences_that_hold_here_are_found_by_trying(tmp_path, got):
    held = got("both")["held"]
    by_landlock = {"files": 1, "tcp": 4, "signals": 6}
    assert try_fences(tmp_path) == {
        fence: fence == "memory"
        or (held["seccomp"] and fence != "files")
        or held["landlock"] >= by_landlock.get(fence, 1000)
        for fence in FENCES
    }


def decide(machine, call, *arguments, architecture=None, own_pid=77):
    """Run the filter as the kernel does, on struct seccomp_data."""
    architecture = machine.architecture if architecture is None else architecture
    data = struct.pack("<iIQ6Q", call, architecture, 0, *(*arguments, *[0] * (6 - len(arguments))))
    at = held = 0
    program = seccomp.program(machine, own_pid)
    while True:
        code, if_true, if_false, value = program[at]
        at += 1
        if code == 0x20:
            (held,) = struct.unpack_from("<I", data, value)
        elif code == 0x54:
            held &= value
        elif code == 0x15:
            at += if_true if held == value else if_false
        else:
            return value


@pytest.mark.parametrize("machine", seccomp.MACHINES.values(), ids=seccomp.MACHINES)
def test_the_filter_answers_the_listed_calls_of_each_machine_only(machine):
    listed = {numbers[machine.column] for numbers in seccomp.ALWAYS.values()} - {None}
    allowed = {number for number in range(600) if decide(machine, number) == seccomp.ALLOW}
    prlimit, fcntl = (seccomp.SOMETIMES[call][machine.column] for call in ("prlimit64", "fcntl"))
    assert allowed == listed | {prlimit, fcntl}  # with every argument zero: asking, and copying a descriptor
    assert decide(machine, 0x40000000) == seccomp.REFUSE
    assert {decide(machine, number, architecture=0x40000003) for number in range(600)} == {seccomp.REFUSE}


@pytest.mark.parametrize("machine", seccomp.MACHINES.values(), ids=seccomp.MACHINES)
def test_some_calls_are_answered_for_some_arguments(machine):
    clone, kill, tgkill, prlimit, fcntl, ioctl = (numbers[machine.column] for numbers in seccomp.SOMETIMES.values())
    thread_of_glibc = 0x3D0F00
    for call, arguments, answer in (
        (clone, [thread_of_glibc], seccomp.ALLOW),
        (clone, [17], seccomp.REFUSE),
        (clone, [0x4111], seccomp.REFUSE),
        (clone, [thread_of_glibc | 0x40000000], seccomp.REFUSE),
        (kill, [77, 6], seccomp.ALLOW),
        (kill, [78, 9], seccomp.REFUSE),
        (kill, [0, 9], seccomp.REFUSE),
        (kill, [(1 << 64) - 1, 9], seccomp.REFUSE),
        (tgkill, [77, 77, 6], seccomp.ALLOW),
        (tgkill, [1, 1, 9], seccomp.REFUSE),
        (prlimit, [0, 9, 0, 1 << 40], seccomp.ALLOW),
        (prlimit, [0, 9, 1, 0], seccomp.REFUSE),
        (prlimit, [0, 9, 1 << 40, 0], seccomp.REFUSE),
        (fcntl, [3, 2, 1], seccomp.ALLOW),
        (fcntl, [3, 8, 1], seccomp.REFUSE),
        (ioctl, [3, 0x5451], seccomp.ALLOW),
        (ioctl, [3, 0x5412], seccomp.REFUSE),
    ):
        assert decide(machine, call, *arguments) == answer, (call, arguments)
