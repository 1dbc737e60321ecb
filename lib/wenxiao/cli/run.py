"""`wenxiao run`: execute parameter files and make their reports."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from wenxiao.cli.ending import NOT_WRITTEN
from wenxiao.cli.interruption import INTERRUPTED
from wenxiao.cli.values import Amount, Shard
from wenxiao.language import _, ngettext, speaking

if TYPE_CHECKING:
    from wenxiao.batch import Decision, Executor, Limits, Outcome, Run
    from wenxiao.batch.cluster.dask_executor import DaskExecutor
    from wenxiao.batch.local_pool import Engine

SOME_FAILED, NOTHING_RAN = 1, 2


@click.command(
    help="""Execute parameter files and make their reports.

    PARAMETERS are parameter files, folders, names of runs or of notebooks; all of parameters/ where none is named.
    A report whose notebook, parameters, rules, data and program have not changed is not made again.

    \b
    Exit status:
      0    every report is made, or was already
      1    some report failed; the others are made
      2    a parameter or an option is wrong, or the cluster is not ready; nothing ran
      3    the outputs cannot be written
      130  interrupted; the reports made until then are kept
    """
)
@click.argument("parameters", nargs=-1)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="Reports made at the same time, with --dask by each worker; as many as there are cores by default.",
)
@click.option(
    "--engine",
    type=click.Choice(["wenxiao", "kernel"]),
    default="wenxiao",
    show_default=True,
    help="How cells run: forked from a fork server, or each notebook in a kernel of its own.",
)
@click.option("--force", is_flag=True, help="Make every report, changed or not.")
@click.option("--dry-run", is_flag=True, help="Show what would run and why, and run nothing.")
@click.option("--shard", type=Shard(), help="Only this part of the plan: 2/4 is the second of four.")
@click.option("--each-district", is_flag=True, help="One run per district found in the data of each file.")
@click.option(
    "--output",
    help="Folder or address (s3://bucket/folder, …) for the reports; outputs/ of the workspace by default.",
)
@click.option("--timeout", type=Amount("duration"), help="Time for each report: 90s, 5m, 1h.")
@click.option(
    "--memory",
    type=Amount("size"),
    help="Memory for each report: 500MB, 2GB; a fair share of what is free by default.",
)
@click.option(
    "--retries",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="How often a report that failed is tried again.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Make the reports on the workers of this Dask scheduler (tcp://host:8786); `local` starts one here.",
)
@click.option(
    "--dask-wait",
    type=Amount("duration"),
    default="2m",
    show_default=True,
    help="How long the scheduler may be without any worker.",
)
@click.option(
    "--traceback", is_flag=True, help="Show the traceback of a failure too, for mending the program."
)
def run(
    parameters: tuple[str, ...],
    jobs: int | None,
    engine: Literal["wenxiao", "kernel"],
    force: bool,
    dry_run: bool,
    shard: tuple[int, int] | None,
    each_district: bool,
    output: str | None,
    timeout: float | None,
    memory: int | None,
    retries: int,
    dask: str | None,
    dask_wait: float,
    traceback: bool,
) -> None:
    """Execute parameter files; the help above says how."""
    from wenxiao.batch import Limits, LocalPool, Retrying, cores, decisions, plan  # noqa: PLC0415
    from wenxiao.batch.terminal import planned  # noqa: PLC0415
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.isolation.limits import fair_share  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, WenxiaoError  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415

    aside = console(stderr=True)
    here = jobs or cores()
    pool = LocalPool(here, Limits(timeout, memory or fair_share(here)), engine)
    with ExitStack() as stack:
        stack.callback(pool.close)
        try:
            workspace = Workspace.find()
            if force and not dry_run and not dask:
                pool.preload(workspace.root)  # while the plan is made: something will run
            runs = plan(workspace, parameters, output, each_district=each_district, shard=shard)
            decided = decisions(runs, force=force)
        except OutputError:
            raise
        except WenxiaoError as error:
            aside.print(
                complaint(error, _("Nothing ran, because parameters are wrong:")), end="", soft_wrap=True
            )
            sys.exit(NOTHING_RAN)
        if not decided:
            aside.print(_("Nothing to do: this shard of the plan is empty."))
            return
        if dry_run:
            console().print(planned(decided, console()))
            return
        due = [each.run for each in decided if each.due]
        if due and not dask:
            pool.preload(workspace.root)
            from wenxiao.reports import write_index  # noqa: F401, PLC0415 - slow to load, and this process is idle now
        for notebook, reason in pool.in_kernels(due).items():
            words = _("{notebook}: a kernel runs it, because {reason}")
            aside.print(words.format(notebook=notebook, reason=reason))
        executor: Executor = pool
        if dask and due:
            executor = _cluster(dask, due, Limits(timeout, memory), engine, jobs, dask_wait, force=force)
            stack.callback(executor.close)
        status = carried_out(
            decided, Retrying(executor, retries) if retries else executor, traceback=traceback
        )
    sys.exit(status)


def _cluster(
    address: str,
    due: Sequence[Run],
    limits: Limits,
    engine: Engine,
    jobs: int | None,
    patience: float,
    *,
    force: bool,
) -> DaskExecutor:
    """The executor on a scheduler's workers, which are there and would make what is due; where not, the command ends."""
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.model.errors import WenxiaoError  # noqa: PLC0415

    aside = console(stderr=True)
    try:
        from wenxiao.batch.cluster.dask_executor import DaskExecutor  # noqa: PLC0415 - an extra that few need
    except ModuleNotFoundError as error:
        words = _("--dask needs the package {package}: pip install 'wenxiao[cluster]'")
        aside.print(words.format(package=error.name))
        sys.exit(NOTHING_RAN)
    executor = DaskExecutor(address, limits, engine, jobs=jobs or 0, force=force, patience=patience)
    aside.print(_("Dask: asking {address} for workers").format(address=address), soft_wrap=True)
    try:
        executor.get_ready(due)
    except (WenxiaoError, KeyboardInterrupt) as error:
        executor.close()
        if isinstance(error, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        aside.print(
            complaint(error, _("Nothing ran, because the cluster is not ready:")), end="", soft_wrap=True
        )
        sys.exit(NOTHING_RAN)
    words = ngettext(
        "Dask: {count} worker, dashboard {address}",
        "Dask: {count} workers, dashboard {address}",
        executor.workers,
    )
    aside.print(words.format(count=executor.workers, address=executor.dashboard), soft_wrap=True)
    return executor


def carried_out(
    decided: tuple[Decision, ...], executor: Executor, *, traceback: bool = False, listed: bool = True
) -> int:
    """The exit status, after what is due has run and has been told of; `listed` says whether each report has a line."""
    from wenxiao.batch.log import Log  # noqa: PLC0415
    from wenxiao.batch.storage.publication import strangers  # noqa: PLC0415
    from wenxiao.batch.terminal import failures, shown, summary, watch  # noqa: PLC0415
    from wenxiao.cli.console import console  # noqa: PLC0415
    from wenxiao.model.errors import OutputError  # noqa: PLC0415
    from wenxiao.project.place import without_password  # noqa: PLC0415

    screen, aside, here = console(), console(stderr=True), Path.cwd()
    due = [each.run for each in decided if each.due]
    keys = {each.run.key: each.key for each in decided if each.due}
    outcomes: list[Outcome] = []
    with Log(decided[0].run.outputs) as log:
        log.write("started", command=sys.argv[1:], due=len(due), planned=len(decided))
        with speaking("en"):  # as all of a log
            for each in decided:
                if not each.due:
                    log.write("skipped", run=each.run.key, reason=each.reason)
        with closing(executor.execute(due, keys)) as events:
            try:
                for outcome in watch(log.following(events), due, aside):
                    outcomes.append(outcome)  # noqa: PERF402 - what is done counts when the next is interrupted
            except KeyboardInterrupt:
                # Stopping takes a moment, in which more of the same changes nothing.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                made = sum(outcome.failure is None for outcome in outcomes)
                log.write("interrupted", made=made, failed=len(outcomes) - made, due=len(due))
                words = _("Interrupted: {made} made, {left} not. Those made are kept.")
                aside.print(words.format(made=made, left=len(due) - made))
                return INTERRUPTED
        failed = sum(outcome.failure is not None for outcome in outcomes)
        log.write("finished", made=len(outcomes) - failed, failed=failed, skipped=len(decided) - len(due))
    place = {run.key: number for number, run in enumerate(due)}
    outcomes.sort(key=lambda outcome: place[outcome.run.key])
    if outcomes and listed:
        screen.print(summary(outcomes, here))
    if len(due) < len(decided):
        same = len(decided) - len(due)
        screen.print(_("{count} unchanged, not made again (--force makes them)").format(count=same))
    told = failures(outcomes, here, traceback=traceback, log=shown(log.place, here))
    aside.print(told, end="", soft_wrap=True)
    for other in strangers(outcome.run for outcome in outcomes if outcome.failure is None):
        aside.print(_("not made by this program, left as it is: {path}").format(path=shown(other, here)))
    if log.lost:
        words = _("The outputs cannot be written to {place}: {why}")
        aside.print(words.format(place=without_password(str(log.place)), why=log.lost), soft_wrap=True)
    if log.lost or any(
        outcome.failure is not None and outcome.failure.name == OutputError.__name__ for outcome in outcomes
    ):
        return NOT_WRITTEN
    _index(decided[0].run, here)
    return SOME_FAILED if failed else 0


def _index(run: Run, here: Path) -> None:
    """Writes the index where it is not current."""
    from wenxiao.batch.planning.resume import index_is_current  # noqa: PLC0415
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import console  # noqa: PLC0415
    from wenxiao.project.place import place_of  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415

    parameters = Workspace(run.root).parameters
    if index_is_current(run.outputs, parameters):
        current = shown(place_of(run.outputs) / "index.html", here)
        console().print(_("Index: {path}").format(path=current))
        return
    from wenxiao.reports import write_index  # noqa: PLC0415 - takes longer to load than to find out

    index = write_index(run.outputs, parameters)
    console().print(_("Index: {path}").format(path=shown(index, here)))
