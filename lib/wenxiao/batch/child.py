"""The life of a process forked for one report: set apart from its parent and its siblings, it makes the report and ends."""

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

from wenxiao.batch.channel import Channel
from wenxiao.batch.execution import execute
from wenxiao.batch.journal import Journal
from wenxiao.batch.managed import ForkEngine, Here
from wenxiao.batch.order import Order
from wenxiao.batch.run import Failure, Outcome, Progress, Run
from wenxiao.batch.warmth import Warmth
from wenxiao.isolation.limits import Limits, confine
from wenxiao.isolation.process import die_with_parent

CHANNEL_LOST = 70


@dataclass(frozen=True)
class Cradle:
    """What a child is given: where it reports, where it notes what it shows, where its standard streams go."""

    channel: int
    journal: Journal
    printed: int
    scratch: Path


def live(order: Order, warmth: Warmth, cradle: Cradle, limits: Limits, foreign: Sequence[int]) -> NoReturn:
    """Never returns: the process makes the report, says what came of it, and ends. `foreign` are its parent's descriptors."""
    status = CHANNEL_LOST
    try:
        _set_apart(order.run.root, cradle, foreign)
        channel = Channel(cradle.channel)
        confine(limits.memory)
        here = Here(warmth.shell, cradle.journal, cradle.printed, limits.output)

        def report(progress: Progress) -> None:
            channel.say({"cell": progress.cell, "cells": progress.cells})

        engine = ForkEngine(warmth, here)
        if order.loan is None:
            channel.say(_fact(execute(order.run, order.key, engine, report)))
        else:
            channel.say(_fact(_repaid(order.run, order.loan, engine, report)))
        status = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the process ends here and not in its parent's code
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def _repaid(run: Run, loan: Path, engine: ForkEngine, report: Callable[[Progress], None]) -> Outcome:
    """An outcome without content: what cells showed, errors too, is in the notebook that was lent."""
    notebook = nbformat.read(loan, as_version=4)  # type: ignore[no-untyped-call]
    cells = len(notebook.cells)
    executed = engine.execute(notebook, run, lambda index: report(Progress(run, index + 1, cells)))
    nbformat.write(executed, loan)  # type: ignore[no-untyped-call]
    return Outcome(run, 0.0)


def outcome_of(run: Run, fact: dict[str, object]) -> Outcome:
    """The outcome that a child has told; the inverse of what it says."""
    told = fact["outcome"]
    failure = told["failure"]  # type: ignore[index]
    if failure is not None:
        failure = Failure(**{**failure, "messages": tuple(failure["messages"])})
    return Outcome(run, told["seconds"], told["headline"], failure)  # type: ignore[index]


def _fact(outcome: Outcome) -> dict[str, object]:
    failure = outcome.failure
    told = None if failure is None else {name: getattr(failure, name) for name in Failure.__slots__}
    return {"outcome": {"seconds": outcome.seconds, "headline": outcome.headline, "failure": told}}


def _set_apart(root: Path, cradle: Cradle, foreign: Sequence[int]) -> None:
    """Nothing; the process has a session, standard streams, a folder for temporary files and chance of its own."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    os.setsid()
    die_with_parent()
    for descriptor in foreign:
        os.close(descriptor)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(cradle.printed, 1)
    os.dup2(cradle.printed, 2)
    os.close(null)
    cradle.scratch.mkdir(exist_ok=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(cradle.scratch)
    os.chdir(root)
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
