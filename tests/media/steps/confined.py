"""A process that shuts itself in, as a step does, and then tries to get out. Started by test_confinement.py.

Each attempt does no harm where it is not refused: it is then answered, or fails for another reason.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from bothways.media.steps.confinement import confine
from bothways.media.steps.landlock import shut_files
from bothways.media.steps.limits import Limits, impose
from bothways.media.steps.seccomp import refuse_calls

_IO_URING_SETUP, _PIDFD_SEND_SIGNAL = 425, 424
_BPF = {"x86_64": 321, "aarch64": 280}
_KEYCTL = {"x86_64": 250, "aarch64": 219}
_PROCESS_VM_READV = {"x86_64": 310, "aarch64": 270}
_PDEATHSIG, _ATTACH = 1, 16

libc = ctypes.CDLL(None, use_errno=True)


def main(layers: str, source: Path, folder: Path, other: Path, port: int) -> None:
    held = {"landlock": 0, "seccomp": False}
    impose(Limits())
    if layers == "both":
        taken = confine([source], folder)
        held = {"landlock": taken.landlock, "seccomp": taken.seccomp}
    else:
        libc.prctl(38, 1, 0, 0, 0)
        if layers == "landlock":
            held["landlock"] = shut_files(libc, [source], folder)
        if layers == "seccomp":
            held["seccomp"] = refuse_calls(libc)
    (folder / "made").write_bytes(source.read_bytes())
    attempts = files(source, other) | network(port) | others_and_itself()
    said = {name: how(attempt) for name, attempt in attempts.items()}
    print(json.dumps({"held": held, "thread": a_thread_works(), "got": said}))  # noqa: T201 - the answer


def how(attempt: Callable[[], object]) -> str:
    """ "done" or the name of the error."""
    try:
        attempt()
    except OSError as error:
        return type(error).__name__ if type(error) is not OSError else os.strerror(error.errno)
    return "done"


def files(source: Path, other: Path) -> dict[str, Callable[[], object]]:
    return {
        "read another file": other.read_bytes,
        "read a file of the system": Path("/etc/passwd").read_bytes,
        "list a folder": lambda: list(Path("/").iterdir()),
        "write another file": lambda: other.write_bytes(b""),
        "write its source": lambda: source.write_bytes(b""),
        "look at processes": Path("/proc/self/environ").read_bytes,
    }


def network(port: int) -> dict[str, Callable[[], object]]:
    def send() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.sendto(b"x", ("127.0.0.1", port))

    return {
        "connect": lambda: socket.create_connection(("127.0.0.1", port)).close(),
        "send a datagram": send,
        "open a local socket": lambda: socket.socket(socket.AF_UNIX).close(),
        "open a pair of sockets": socket.socketpair,
        "open a kernel socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
    }


def others_and_itself() -> dict[str, Callable[[], object]]:
    machine = os.uname().machine
    return {
        "fork": fork,
        "start a program": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "become a program": lambda: os.execv("/nowhere/at/all", ["x"]),
        "reach its parent": lambda: os.kill(os.getppid(), 0),
        "reach it in another way": lambda: asked(libc.syscall(_PIDFD_SEND_SIGNAL, -1, 0, None, 0)),
        "trace": lambda: asked(libc.ptrace(_ATTACH, -1, 0, 0)),
        "read another's memory": lambda: asked(
            libc.syscall(_PROCESS_VM_READV[machine], os.getppid(), None, 0, None, 0, 0)
        ),
        "leave its namespace": lambda: asked(libc.unshare(-1)),
        "mount": lambda: asked(libc.mount(b"none", b"/nowhere/at/all", b"tmpfs", 0, None)),
        "leave its group": os.setsid,
        "give itself more": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
        "outlive its parent": lambda: asked(libc.prctl(_PDEATHSIG, 0, 0, 0, 0)),
        "put off the alarm": put_off_the_alarm,
        "use io_uring": lambda: asked(libc.syscall(_IO_URING_SETUP, 1, None)),
        "use bpf": lambda: asked(libc.syscall(_BPF[machine], 0, None, 0)),
        "use keys": lambda: asked(libc.syscall(_KEYCTL[machine], 0, -3, 0)),
        "hide a file in memory": lambda: asked(libc.memfd_create(b"x", 0)),
    }


def fork() -> None:
    if not (pid := os.fork()):
        os._exit(0)
    os.waitpid(pid, 0)


def asked(answer: int) -> None:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "refused")


def put_off_the_alarm() -> None:
    """The C library's alarm() hides an error, setitimer does not."""
    try:
        signal.setitimer(signal.ITIMER_REAL, 0)
    except signal.ItimerError as error:
        raise OSError(error.errno, "refused") from error


def a_thread_works() -> bool:
    done = []
    thread = threading.Thread(target=done.append, args=(True,))
    thread.start()
    thread.join()
    return done == [True]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
