"""`wenxiao run`: execute parameter files and make their reports."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

SOME_FAILED, NOTHING_RAN, INTERRUPTED = 1, 2, 130


@click.command(
    help="""Execute parameter files and make their reports.

    PARAMETERS are parameter files, folders, names of runs or of notebooks; all of parameters/ where none is named.

    Exit status: 0 all made; 1 some report failed; 2 a parameter is wrong and nothing ran; 130 interrupted.
    """
)
@click.argument("parameters", nargs=-1)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="Reports made at the same time; as many as there are cores by default.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the reports; outputs/ of the workspace by default.",
)
@click.option(
    "--traceback", is_flag=True, help="Show the traceback of a failure too, for mending the program."
)
def run(parameters: tuple[str, ...], jobs: int | None, output: Path | None, traceback: bool) -> None:
    """Execute parameter files; the help above says how."""
    from wenxiao.batch import LocalPool, cores, plan  # noqa: PLC0415
    from wenxiao.batch.terminal import complaint, console, failures, shown, summary, watch  # noqa: PLC0415
    from wenxiao.model.errors import WenxiaoError  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415

    screen, aside, here = console(), console(stderr=True), Path.cwd()
    try:
        workspace = Workspace.find()
        runs = plan(workspace, parameters, output)
    except WenxiaoError as error:
        aside.print(complaint(error, "Nothing ran, because parameters are wrong:"), end="", soft_wrap=True)
        sys.exit(NOTHING_RAN)
    outcomes = []
    with closing(LocalPool(min(jobs or cores(), len(runs))).execute(runs)) as events:
        try:
            for outcome in watch(events, runs, aside):
                outcomes.append(outcome)  # noqa: PERF402 - what is done so far counts when the next is interrupted
        except KeyboardInterrupt:
            aside.print(
                f"Interrupted: {len(outcomes)} made, {len(runs) - len(outcomes)} not. Those made are kept."
            )
            sys.exit(INTERRUPTED)
    from wenxiao.reports import write_index  # noqa: PLC0415

    outcomes.sort(key=lambda outcome: runs.index(outcome.run))
    screen.print(summary(outcomes, here))
    aside.print(failures(outcomes, here, traceback=traceback), end="", soft_wrap=True)
    try:
        index = write_index(output or workspace.outputs, workspace.parameters)
    except OSError as error:
        aside.print(
            f"The index cannot be written to {shown(output or workspace.outputs, here)}: {error.strerror}"
        )
        sys.exit(SOME_FAILED)
    screen.print(f"Index: {shown(Path(index.path), here)}")
    if any(outcome.failure for outcome in outcomes):
        sys.exit(SOME_FAILED)
