"""The `wenxiao` command, also `jupyter wenxiao`. What a subcommand needs is loaded when it runs, so that help is quick."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from wenxiao import __version__

SOME_FAILED, NOTHING_RAN, INTERRUPTED = 1, 2, 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Wenxiao 问效: the workbench for performance evaluation of budget spending.",
)
@click.version_option(__version__, prog_name="wenxiao")
def main() -> None:
    """The command itself; what it does is in its subcommands."""
    for stream in (sys.stdout, sys.stderr):
        # Where a terminal cannot show a character it shows "?", instead of ending the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@main.command(
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
        index = write_index(output or workspace.outputs)
    except OSError as error:
        aside.print(
            f"The index cannot be written to {shown(output or workspace.outputs, here)}: {error.strerror}"
        )
        sys.exit(SOME_FAILED)
    screen.print(f"Index: {shown(index, here)}")
    if any(outcome.failure for outcome in outcomes):
        sys.exit(SOME_FAILED)


@main.command(
    help="""Show what is read from spreadsheets, and what was taken for what.

    PATHS are workbooks, or folders: a folder gives one line for each of its files.

    Exit status: 0 all read; 1 an error was found; 2 a file cannot be read or is not there.
    """
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--json", "as_json", is_flag=True, help="The same as data, one list with an entry for each path."
)
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read files and say what was read; the help above says how."""
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    from wenxiao.batch.terminal import complaint, console  # noqa: PLC0415
    from wenxiao.display.account import account_lines, survey_table  # noqa: PLC0415
    from wenxiao.fields import standard_registry  # noqa: PLC0415
    from wenxiao.model.errors import SheetError  # noqa: PLC0415
    from wenxiao.sheets import account_of, read_workbook, survey  # noqa: PLC0415

    registry, screen, aside = standard_registry(), console(), console(stderr=True)
    status, accounts = 0, []
    for path in paths:
        if path.is_dir():
            lines = list(survey(path, registry))
            accounts.append({"folder": path.as_posix(), "files": [asdict(line) for line in lines]})
            worst = 2 if any(line.refused for line in lines) else int(any(line.errors for line in lines))
            status = max(status, worst)
            if not as_json:
                screen.print(survey_table(lines))
            continue
        try:
            account = account_of(read_workbook(path, registry), registry)
        except SheetError as error:
            aside.print(complaint(error, f"Cannot read {path}:"), end="", soft_wrap=True)
            accounts.append({"file": path.name, "problems": [str(problem) for problem in error.problems]})
            status = 2
            continue
        accounts.append(account)
        status = max(status, int(any(one["severity"] == "错误" for one in account["findings"])))
        if not as_json:
            for part in account_lines(account):
                screen.print(part)
    if as_json:
        click.echo(json.dumps(accounts, ensure_ascii=False, indent=1))
    sys.exit(status)
