"""Ctrl-C: an exception where the program works, the end of the process where it only loads or leaves. Loads next to nothing itself."""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
"""The exit status of every command that was interrupted."""


def install() -> None:
    """Puts Python's own handling of Ctrl-C out of its place, where it is in it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        try:  # noqa: SIM105 - contextlib would have to be loaded
            signal.signal(signal.SIGINT, _handle)
        except ValueError:  # not in the main thread, where no signal comes
            pass


def only_leave() -> None:
    """Has Ctrl-C end the process at once from now on: the command is at its end."""
    if signal.getsignal(signal.SIGINT) is _handle:
        signal.signal(signal.SIGINT, leave)


def leave(*_: object) -> None:
    """Ends the process at once."""
    os.write(2, "已中断 · interrupted\n".encode())
    os._exit(INTERRUPTED)


def _handle(signum: int, frame: FrameType | None) -> None:
    """Raises KeyboardInterrupt; while a module is loaded it ends the process instead.

    A library that is interrupted while it loads makes of it what it likes, and is half there afterwards. Nothing that is
    written can be half: whatever is, is put in its place whole.
    """
    at = frame
    while at is not None:
        if at.f_code.co_filename.startswith("<frozen importlib"):
            leave()
        at = at.f_back
    signal.default_int_handler(signum, frame)
