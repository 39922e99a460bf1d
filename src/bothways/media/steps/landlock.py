"""Landlock: the kernel itself refuses a step every file but its own, TCP, and signals to others.

On other systems, before Linux 5.13, or where Landlock is switched off, this does nothing. Numbers and structures are
those of linux/landlock.h; the system calls have the same numbers on every architecture.
"""

import ctypes
import os
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import av

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ABI_VERSION_FLAG = 1
_PATH_BENEATH = 1

_WRITE_FILE, _READ_FILE, _LIST, _REMOVE_FILE, _MAKE_FILE = 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 8
_FOLDER_RIGHTS = _WRITE_FILE | _READ_FILE | _LIST | _REMOVE_FILE | _MAKE_FILE
_LIBRARIES = (Path(av.__file__).parent, Path(sysconfig.get_path("stdlib")))  # both import parts of themselves late
_FILE_SYSTEM_RIGHTS_OF_ABI_1 = (1 << 13) - 1
_TRUNCATE = 1 << 14
_TALK_TO_DEVICES = 1 << 15
_NETWORK_RIGHTS = 0b11
_SIGNALS_AND_ABSTRACT_SOCKETS = 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def shut_files(libc: ctypes.CDLL, sources: Sequence[Path], folder: Path) -> int:
    """Leave this process `sources` to read, `folder` to write in, and its libraries' code.

    Returns the version of Landlock that took hold, 0 where none did: TCP is shut from 4 on, signals from 6 on. Wants
    "no new privileges" to be set.
    """
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _ABI_VERSION_FLAG)
    if version < 1:
        return 0
    folder_rights, ruleset, size = _FOLDER_RIGHTS, _Ruleset(files=_FILE_SYSTEM_RIGHTS_OF_ABI_1), 8
    if version >= 3:
        folder_rights |= _TRUNCATE
        ruleset.files |= _TRUNCATE
    if version >= 4:
        ruleset.network, size = _NETWORK_RIGHTS, 16
    if version >= 5:
        ruleset.files |= _TALK_TO_DEVICES
    if version >= 6:
        ruleset.scoped, size = _SIGNALS_AND_ABSTRACT_SOCKETS, 24
    rules = libc.syscall(_CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    if rules < 0:
        return 0
    for source in sources:
        _allow(libc, rules, source, _READ_FILE)
    _allow(libc, rules, folder, folder_rights)
    for library in _LIBRARIES:
        _allow(libc, rules, library, _READ_FILE | _LIST)
    done = libc.syscall(_RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return version if done else 0


def _allow(libc: ctypes.CDLL, rules: int, path: Path, rights: int) -> None:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _PathRule(rights=rights, parent=descriptor)
    if libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0) != 0:
        raise OSError(ctypes.get_errno(), "the kernel took no Landlock rule", str(path))
    os.close(descriptor)
