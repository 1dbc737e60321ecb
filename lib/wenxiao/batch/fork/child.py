"""The child process of one report: separated from the fork server and other children, it makes the report and ends."""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import nbformat

from wenxiao.batch.fork.crash_report import Journal
from wenxiao.batch.fork.messages import ForkTask, MessageWriter
from wenxiao.batch.fork.papermill_engine import ForkEngine, ShellContext
from wenxiao.batch.fork.preload import Preloaded, loaded
from wenxiao.batch.notebook.execution import execute
from wenxiao.batch.run import Failure, Outcome, Progress, Run
from wenxiao.isolation.limits import Limits, confine
from wenxiao.isolation.process import die_with_parent
from wenxiao.isolation.worker import count_as_worker

CHANNEL_LOST = 70


@dataclass(frozen=True)
class ChildEnvironment:
    """The descriptors and folder of a child: its pipe to the fork server, its journal, its standard output, its temporary files."""

    channel: int
    journal: Journal
    printed: int
    scratch: Path


def run_child(
    task: ForkTask,
    preloaded: Preloaded,
    environment: ChildEnvironment,
    limits: Limits,
    inherited: Sequence[int],
) -> NoReturn:
    """Makes the report, sends its outcome and ends the process: never returns. `inherited` are the fork server's descriptors, to close."""
    status = CHANNEL_LOST
    try:
        _isolate(task.run.root, environment, inherited)
        channel = MessageWriter(environment.channel)
        confine(limits.memory)
        if "form" in task.run.parameters:
            count_as_worker()  # of one file, which `wenxiao season` has read in a process of its own before
        context = ShellContext(preloaded.shell, environment.journal, environment.printed, limits.output)

        def report(progress: Progress) -> None:
            channel.write({"cell": progress.cell, "cells": progress.cells})

        engine = ForkEngine(preloaded, context)
        if task.notebook is None:
            channel.write(_message_of(execute(task.run, task.key, engine, report)))
        else:
            channel.write(_message_of(_execute_cells(task.run, task.notebook, engine, report)))
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the process ends here and not in its parent's code
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def _execute_cells(run: Run, path: Path, engine: ForkEngine, report: Callable[[Progress], None]) -> Outcome:
    """Executes the cells of the notebook at `path` in place; the outcome is empty, since errors too are in the notebook."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    cells = len(notebook.cells)
    executed = engine.execute(notebook, run, lambda index: report(Progress(run, index + 1, cells)))
    nbformat.write(executed, path)  # type: ignore[no-untyped-call]
    return Outcome(run, 0.0)


def outcome_of(run: Run, message: dict[str, object]) -> Outcome:
    """The outcome in a message of a child; the inverse of `_message_of`."""
    failure_fields = message["outcome"]
    failure = failure_fields["failure"]  # type: ignore[index]
    if failure is not None:
        failure = Failure(**{**failure, "messages": tuple(failure["messages"])})
    return Outcome(run, failure_fields["seconds"], failure_fields["headline"], failure)  # type: ignore[index]


def _message_of(outcome: Outcome) -> dict[str, object]:
    failure = outcome.failure
    failure_fields = None if failure is None else {name: getattr(failure, name) for name in Failure.__slots__}
    told = {"seconds": outcome.seconds, "headline": outcome.headline, "failure": failure_fields}
    return {"outcome": told, "loaded": loaded()}


def _isolate(root: Path, environment: ChildEnvironment, inherited: Sequence[int]) -> None:
    """Gives the process its own session, standard streams, folder for temporary files and random seed."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.setsid()
    die_with_parent()
    for descriptor in inherited:
        os.close(descriptor)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(environment.printed, 1)
    os.dup2(environment.printed, 2)
    os.close(null)
    environment.scratch.mkdir(exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(environment.scratch)
    os.chdir(root)
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
