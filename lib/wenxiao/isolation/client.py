"""A function run in another process, which is kept for the next, and replaced when it has crashed or met a limit."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, ParamSpec, TypeVar, cast

from wenxiao.isolation.limits import Limits
from wenxiao.isolation.messages import packed, receive, send
from wenxiao.isolation.process import end_of
from wenxiao.isolation.worker import TIME_IS_UP, Task, fork_worker, is_worker

_P = ParamSpec("_P")
_T = TypeVar("_T")
_MOST_KEPT = 8


class CrashError(Exception):
    """The process of a function ended before it had returned; `late` says that its time was up."""

    def __init__(self, words: str, *, late: bool = False) -> None:
        super().__init__(words)
        self.late = late


def call(function: Callable[_P, _T], limits: Limits, *arguments: object, kept: tuple[object, ...] = ()) -> _T:
    """What `function(*arguments, *kept)` returns or raises in a process of its own; CrashError where that ends.

    MemoryError where it needed more than its limit. Function and arguments are pickled; `kept` are sent once, and stay
    with the process. A worker calls the function itself.
    """
    global _worker  # noqa: PLW0603 - one process for all callers
    if is_worker():
        return cast("Callable[..., _T]", function)(*arguments, *kept)
    with _lock:
        if _worker is None or _worker.is_spent():
            close()
            _worker = Worker(function.__module__)
        try:
            result, error = _worker.run(function, limits, arguments, kept)
        except BaseException:  # an interruption too: what would come next is the answer to another task
            close()
            raise
        if isinstance(error, MemoryError):
            close()
    if error is not None:
        raise error
    return cast("_T", result)


def close() -> None:
    """Ends the process; the next call starts another."""
    global _worker
    worker, _worker = _worker, None
    if worker is not None:
        worker.end()


class Worker:
    """The other process: forked where nothing but the main thread runs here, else started afresh."""

    def __init__(self, module: str) -> None:
        self._started: subprocess.Popen[bytes] | None = None
        self._forked = 0
        self._ended: int | None = None
        self._kept: dict[int, object] = {}
        if sys.platform == "linux" and threading.active_count() == 1:
            with warnings.catch_warnings():
                # Of threads of libraries (BLAS, jemalloc), which see to it that they can be forked.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._forked, self._to, self._from = fork_worker()
            return
        self._started = subprocess.Popen(
            [sys.executable, "-P", "-m", "wenxiao.isolation.worker", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._to, self._from = cast("BinaryIO", self._started.stdin), cast("BinaryIO", self._started.stdout)

    def run(
        self,
        function: Callable[..., object],
        limits: Limits,
        arguments: tuple[object, ...],
        kept: tuple[object, ...],
    ) -> tuple[object, Exception | None]:
        """What the function returned, and what it raised."""
        new = {id(value): value for value in kept if id(value) not in self._kept}
        task = packed(Task(function, arguments, tuple(map(id, kept)), new, limits))
        start = time.monotonic()
        with suppress(BrokenPipeError):
            send(self._to, task)
        try:
            answer: tuple[object, Exception | None] = receive(self._from)
        except EOFError:
            status = self._status(wait=True) or 0
            late = status in TIME_IS_UP or (
                limits.seconds is not None and time.monotonic() - start > limits.seconds
            )
            raise CrashError(end_of(status, "读取进程", "结果"), late=late) from None
        self._kept |= new  # which also keeps their ids theirs
        return answer

    def is_spent(self) -> bool:
        """Whether the process was killed while it had nothing to do, or keeps too much."""
        return len(self._kept) > _MOST_KEPT or self._status(wait=False) is not None

    def end(self) -> None:
        """Kills the process."""
        self.release()
        if self._started is not None:
            self._started.kill()
            self._started.wait()
        elif self._status(wait=False) is None:
            os.kill(self._forked, signal.SIGKILL)
            self._status(wait=True)

    def _status(self, *, wait: bool) -> int | None:
        """The exit code of the process; None where it still runs and is not waited for."""
        if self._started is not None:
            return self._started.wait() if wait else self._started.poll()
        if self._ended is None:
            try:
                process, status = os.waitpid(self._forked, 0 if wait else os.WNOHANG)
            except ChildProcessError:  # whoever else waits for the children of this process was quicker
                self._ended = -signal.SIGKILL
            else:
                self._ended = os.waitstatus_to_exitcode(status) if process else None
        return self._ended

    def release(self) -> None:
        """Closes this process's end of the pipe."""
        for stream in (self._to, self._from):
            with suppress(OSError):
                stream.close()


_worker: Worker | None = None
_lock = threading.RLock()


def _after_fork() -> None:
    """Leaves the worker to the process that started it."""
    global _worker, _lock
    if _worker is not None:
        _worker.release()
    _worker, _lock = None, threading.RLock()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
