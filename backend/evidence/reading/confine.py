"""How the reading process shuts itself in, before it is given a byte of somebody's file.

Limits of memory, processor time and files; a name space without a network where the machine allows one; and a seccomp filter that lets
through the few calls of a program that works in memory and answers on pipes which are open already. Every other call (open, socket,
connect, clone, execve, kill, ptrace, …) fails with EPERM, whatever the calling code has become. So neither the key file of the server
nor any other file can be opened, for reading either: what is needed of Python and of fonts is loaded first.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys

MEMORY = 1536 * 1024**2
"""Address space in bytes."""
_FILES = 32
_SET_DEATH_SIGNAL, _SET_DUMPABLE, _SET_SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 1, 4, 22, 38, 2
_SIGKILL, _NEW_USER, _NEW_NET = 9, 0x10000000, 0x40000000
_LOAD, _EQUAL, _ANY_BIT, _ANSWER = 0x20, 0x15, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
_NUMBER_AT, _MACHINE_AT, _THIRD_ARGUMENT_AT, _EXECUTABLE = 0, 4, 32, 4
_CALLS = (
    "read", "write", "close", "fstat", "lseek", "munmap", "brk", "mremap", "madvise", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
    "sigaltstack", "futex", "sched_yield", "clock_gettime", "gettimeofday", "getrandom", "getpid", "gettid", "restart_syscall", "exit",
    "exit_group",
)  # fmt: skip
_MAPPING = ("mmap", "mprotect")
"""Allowed as long as nothing is made executable."""
_NUMBERS = {
    "x86_64": (0xC000003E, (0, 1, 3, 5, 8, 11, 12, 25, 28, 13, 14, 15, 131, 202, 24, 228, 96, 318, 39, 186, 219, 60, 231), (9, 10)),
    "aarch64": (
        0xC00000B7,
        (63, 64, 57, 80, 62, 215, 214, 216, 233, 134, 135, 139, 132, 98, 124, 113, 169, 278, 172, 178, 128, 93, 94),
        (222, 226),
    ),
}
"""By machine: its name for the kernel, the numbers of the calls above in their order."""


class NotConfined(Exception):
    """This machine cannot shut the process in; nothing may be read."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def limit(seconds: int) -> None:
    """Bound memory, processor time in seconds, open files; no file may be written to, no process started, no core left behind."""
    for what, soft, hard in (
        (resource.RLIMIT_AS, MEMORY, MEMORY),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_NOFILE, _FILES, _FILES),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
    ):
        resource.setrlimit(what, (soft, hard))


def leave_network() -> bool:
    """Move into a name space without a network; return whether the machine allows it."""
    return sys.platform == "linux" and ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NET) == 0


def shut() -> None:
    """Put the filter on, for good; raises NotConfined where the machine has none."""
    known = _NUMBERS.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        raise NotConfined
    machine, calls, mapping = known
    code = _filter(machine, calls, mapping)
    system = ctypes.CDLL(None)
    program = _Program(len(code) // 8, code)
    system.prctl(_SET_DEATH_SIGNAL, _SIGKILL, 0, 0, 0)
    system.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or system.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0):
        raise NotConfined


def _filter(machine: int, calls: tuple[int, ...], mapping: tuple[int, ...]) -> bytes:
    """Return the filter in the kernel's form: (operation, if so skip, else skip, operand) of 8 bytes each."""
    steps = [(_LOAD, 0, 0, _MACHINE_AT), (_EQUAL, 1, 0, machine), (_ANSWER, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER_AT)]
    for number in calls:
        steps += [(_EQUAL, 0, 1, number), (_ANSWER, 0, 0, _ALLOW)]
    for number in mapping:
        steps += [(_EQUAL, 0, 4, number), (_LOAD, 0, 0, _THIRD_ARGUMENT_AT), (_ANY_BIT, 1, 0, _EXECUTABLE)]
        steps += [(_ANSWER, 0, 0, _ALLOW), (_ANSWER, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *step) for step in [*steps, (_ANSWER, 0, 0, _REFUSE)])
