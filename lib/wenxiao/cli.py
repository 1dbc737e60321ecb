"""The `wenxiao` command, also `jupyter wenxiao`. What a subcommand needs is loaded when it runs, so that help is quick."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from wenxiao import __version__

SOME_FAILED, NOTHING_RAN, INTERRUPTED = 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, help="问效：预算绩效评价工作台。")
@click.version_option(__version__, prog_name="wenxiao")
def main() -> None:
    """The command itself; what it does is in its subcommands."""
    for stream in (sys.stdout, sys.stderr):
        # Where a terminal cannot show a character it shows "?", instead of ending the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@main.command(
    help="""执行参数文件，生成报告。

    PARAMETERS 是参数文件、文件夹、运行名或笔记本名，可写多个；不写则执行 parameters 中的全部。

    退出码：0 全部成功；1 有报告失败；2 参数有误，一份也没有执行；130 被中断。
    """
)
@click.argument("parameters", nargs=-1)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="同时执行几份报告，默认等于处理器核数。")
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="输出文件夹，默认是工作区的 outputs。"
)
@click.option("--traceback", is_flag=True, help="出错时一并显示程序的调用过程，供排查程序问题。")
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
        aside.print(complaint(error, "参数有误，没有执行任何报告："), end="", soft_wrap=True)
        sys.exit(NOTHING_RAN)
    outcomes = []
    with closing(LocalPool(min(jobs or cores(), len(runs))).execute(runs)) as events:
        try:
            for outcome in watch(events, runs, aside):
                outcomes.append(outcome)  # noqa: PERF402 - what is done so far counts when the next is interrupted
        except KeyboardInterrupt:
            aside.print(
                f"已中断：完成 {len(outcomes)} 份，未完成 {len(runs) - len(outcomes)} 份。已完成的报告保留。"
            )
            sys.exit(INTERRUPTED)
    from wenxiao.reports import write_index  # noqa: PLC0415

    outcomes.sort(key=lambda outcome: runs.index(outcome.run))
    screen.print(summary(outcomes, here))
    aside.print(failures(outcomes, here, traceback=traceback), end="", soft_wrap=True)
    screen.print(f"目录：{shown(write_index(output or workspace.outputs), here)}")
    if any(outcome.failure for outcome in outcomes):
        sys.exit(SOME_FAILED)
