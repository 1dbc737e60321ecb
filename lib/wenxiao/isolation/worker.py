"""The process that runs functions for another: one task after the other, each held to its limits.

Either forked from a process without threads, or started afresh: `python -m wenxiao.isolation.worker MODULE…`, which loads
the modules while the first task is on its way. It ends when the other end of its pipe closes.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from wenxiao.isolation.limits import Limits, confine, let_go
from wenxiao.isolation.messages import packed, receive, send
from wenxiao.isolation.process import die_with_parent


@dataclass(frozen=True)
class Task:
    """A function to run; the worker keeps `kept`, and knows those it was sent before by their numbers."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    kept: tuple[int, ...]
    new: dict[int, Any]
    limits: Limits


_inside = False


def is_worker() -> bool:
    """Whether this process is a worker, or counts as one."""
    return _inside


def count_as_worker() -> None:
    """Makes this process one whose end costs nothing but what it was made for: it runs functions itself."""
    global _inside  # noqa: PLW0603 - as below
    _inside = True


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Runs tasks until no more can come."""
    global _inside  # noqa: PLW0603 - what kind of process this is
    _inside = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process alone decides
    with suppress(
        OSError
    ):  # where memory runs out, this process goes before the one that the person works in
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    kept: dict[int, Any] = {}
    while True:
        try:
            task: Task = receive(source)
        except EOFError:
            return
        kept |= task.new
        answer = _answer(task, [kept[number] for number in task.kept])
        del task
        try:
            send(sink, answer)
        except BrokenPipeError:
            return
        del answer


def _answer(task: Task, kept: list[Any]) -> list[bytes | memoryview]:
    """The message with what the function returned, or with what it raised."""
    with _held_to(task.limits):
        try:
            return packed((task.function(*task.arguments, *kept), None))
        except Exception as error:  # noqa: BLE001 - raised again where the task came from
            raised = error
    if hasattr(raised, "add_note") and not isinstance(raised, MemoryError):
        raised.add_note("".join(traceback.format_exception(raised)))
    try:
        return packed((None, pickle.loads(pickle.dumps(raised))))
    except Exception:  # noqa: BLE001 - whatever keeps it from being sent
        return packed((None, RuntimeError(f"{type(raised).__name__}: {raised}")))


@contextmanager
def _held_to(limits: Limits) -> Iterator[None]:
    """Ends this process if what is done inside takes more than its time, and keeps it to its memory."""
    confine(limits.memory)
    timers = []
    if hasattr(signal, "setitimer"):
        timers = [(signal.ITIMER_PROF, limits.processor), (signal.ITIMER_REAL, limits.seconds)]
        for which, seconds in timers:
            signal.setitimer(which, seconds or 0)
    elif limits.seconds:
        faulthandler.dump_traceback_later(limits.seconds, exit=True)
    try:
        yield
    finally:
        let_go()
        for which, _ in timers:
            signal.setitimer(which, 0)
        if not timers:
            faulthandler.cancel_dump_traceback_later()


def fork_worker() -> tuple[int, BinaryIO, BinaryIO]:
    """The process number of a worker forked from this process, and the streams to it and from it."""
    theirs, to_worker = os.pipe()
    from_worker, ours = os.pipe()
    process = os.fork()
    if process:
        os.close(theirs)
        os.close(ours)
        return process, os.fdopen(to_worker, "wb"), os.fdopen(from_worker, "rb")
    status = 1
    try:
        die_with_parent()
        faulthandler.disable()  # how it ended is for the other process to say
        gc.freeze()  # what it shares with the other process stays shared
        os.close(to_worker)
        os.close(from_worker)
        for number in (signal.SIGTERM, signal.SIGCHLD, *_TIMERS):
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        serve(os.fdopen(theirs, "rb"), os.fdopen(ours, "wb"))
        status = 0
    finally:
        os._exit(status)


_TIMERS = (signal.SIGPROF, signal.SIGALRM) if hasattr(signal, "setitimer") else ()
TIME_IS_UP = tuple(-number for number in _TIMERS)
"""The exit codes of a worker that was ended by a limit of time; elsewhere it says nothing of why."""


def main(modules: list[str]) -> None:
    """Runs tasks that come through the standard input; what libraries print goes nowhere."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    for number in _TIMERS:
        signal.signal(number, signal.SIG_DFL)
    for module in modules:
        import_module(module)
    serve(source, sink)


if __name__ == "__main__":
    # As itself, not as __main__: a Task is unpickled from this module.
    import_module("wenxiao.isolation.worker").main(sys.argv[1:])
