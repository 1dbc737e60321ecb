"""What a process of this program asks of its system: to end with its parent, and to take charge of orphans."""

from __future__ import annotations

import ctypes
import signal
import sys

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of Linux
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Has this process killed when the thread that started it is no more, where the system can (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def adopt_orphans() -> None:
    """Makes what descendants of this process leave behind its own children, where the system can (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(_ADOPT, 1)
