"""seccomp: the kernel answers a step only the few system calls that copying, decoding and encoding need.

Everything that is not listed does not exist for the step (ENOSYS): sockets, other programs, new processes, tracing,
mounting, io_uring, bpf, keys, timers that would put off its end, and whatever later kernels add. A C library that is
newer than this list falls back to older calls. Some calls are answered only for certain values of one argument.

Numbers are those of asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64); the program is classic BPF over
struct seccomp_data, see seccomp(2). On other machines this does nothing.
"""

import ctypes
import errno
import os
import struct
from typing import Final, NamedTuple

ALLOW: Final = 0x7FFF0000
REFUSE: Final = 0x00050000 | errno.ENOSYS

_SET_MODE_FILTER, _EVERY_THREAD = 1, 1
_LOAD, _JUMP_EQUAL, _AND, _RETURN = 0x20, 0x15, 0x54, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_LOW, _HIGH = 0, 4
"""Both machines are little-endian: the lower half of an argument comes first."""

# What a thread of one's own has, and no namespace: CLONE_THREAD among CLONE_NEWTIME … CLONE_NEWNET.
_THREAD, _THREAD_OR_NAMESPACE = 0x00010000, 0x00010000 | 0x7E020080
_COPY_AND_FLAGS_OF_DESCRIPTORS = (0, 1, 2, 3, 4, 1030)
_CLOSE_ON_EXEC, _IS_TERMINAL = 0x5451, 0x5401


class Machine(NamedTuple):
    architecture: int
    seccomp: int
    column: int


MACHINES: Final = {
    "x86_64": Machine(architecture=0xC000003E, seccomp=317, column=0),
    "aarch64": Machine(architecture=0xC00000B7, seccomp=277, column=1),
}

# The busiest first: the kernel walks the list. None: this machine has no such call.
ALWAYS: Final[dict[str, tuple[int | None, int]]] = {
    "read": (0, 63),
    "write": (1, 64),
    "futex": (202, 98),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "openat": (257, 56),
    "open": (2, None),
    "close": (3, 57),
    "newfstatat": (262, 79),
    "stat": (4, None),
    "lstat": (6, None),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getcwd": (79, 17),
    "getdents64": (217, 61),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "readv": (19, 65),
    "writev": (20, 66),
    "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "fadvise64": (221, 223),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "dup": (32, 23),
    "poll": (7, None),
    "ppoll": (271, 73),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "gettimeofday": (96, 169),
    "times": (100, 153),
    "getrusage": (98, 165),
    "getrlimit": (97, 163),
    "getrandom": (318, 278),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getcpu": (309, 168),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "membarrier": (324, 283),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getppid": (110, 173),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "set_robust_list": (273, 99),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "exit": (60, 93),
    "exit_group": (231, 94),
}

SOMETIMES: Final = {
    "clone": (56, 220),
    "kill": (62, 129),
    "tgkill": (234, 131),
    "prlimit64": (302, 261),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
}


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction))]


def refuse_calls(libc: ctypes.CDLL) -> bool:
    """Leave this process, all its threads, no calls but the listed ones. Says whether it took hold.

    Wants "no new privileges" to be set.
    """
    machine = MACHINES.get(os.uname().machine)
    if machine is None or struct.calcsize("P") != 8:
        return False
    instructions = program(machine, os.getpid())
    array = (_Instruction * len(instructions))(*instructions)
    filter_ = _Program(len(instructions), array)
    return libc.syscall(machine.seccomp, _SET_MODE_FILTER, _EVERY_THREAD, ctypes.byref(filter_)) == 0


def program(machine: Machine, own_pid: int) -> list[tuple[int, int, int, int]]:
    """The filter: (code, jump if true, jump if false, value) each. Ends with ALLOW or REFUSE for every call."""
    column = machine.column
    steps = [_load(_ARCHITECTURE_AT), (_JUMP_EQUAL, 1, 0, machine.architecture), (_RETURN, 0, 0, REFUSE)]
    steps.append(_load(_NUMBER_AT))
    for numbers in ALWAYS.values():
        number = numbers[column]
        if number is not None:
            steps += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, ALLOW)]
    # A thread, never a process: clone3 hides its flags in memory, so it is refused, and glibc asks clone instead.
    is_thread = [_load_argument(0), (_AND, 0, 0, _THREAD_OR_NAMESPACE), (_JUMP_EQUAL, 0, 1, _THREAD)]
    steps += _only(SOMETIMES["clone"][column], is_thread)
    for call in ("kill", "tgkill"):  # abort() may end this process; nobody else gets a signal
        steps += _only(SOMETIMES[call][column], [_load_argument(0), (_JUMP_EQUAL, 0, 1, own_pid)])
    # Ask for limits, not set them: the address of new ones is null.
    asks = [_load_argument(2, _LOW), (_JUMP_EQUAL, 0, 3, 0), _load_argument(2, _HIGH), (_JUMP_EQUAL, 0, 1, 0)]
    steps += _only(SOMETIMES["prlimit64"][column], asks)
    for call, commands in (("fcntl", _COPY_AND_FLAGS_OF_DESCRIPTORS), ("ioctl", (_CLOSE_ON_EXEC, _IS_TERMINAL))):
        for command in commands:
            steps += _only(SOMETIMES[call][column], [_load_argument(1), (_JUMP_EQUAL, 0, 1, command)])
    return [*steps, (_RETURN, 0, 0, REFUSE)]


def _only(number: int, conditions: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Allow the call where the conditions hold; otherwise go on behind, with the number loaded again."""
    body = [*conditions, (_RETURN, 0, 0, ALLOW), _load(_NUMBER_AT)]
    return [(_JUMP_EQUAL, 0, len(body), number), *body]


def _load(offset: int) -> tuple[int, int, int, int]:
    return (_LOAD, 0, 0, offset)


def _load_argument(place: int, half: int = _LOW) -> tuple[int, int, int, int]:
    return _load(_ARGUMENTS_AT + 8 * place + half)
