"""`wenxiao gather`: the results of all runs as one data set."""

from __future__ import annotations

import sys

import click

from wenxiao.language import _, ngettext

SOME_LEFT_OUT, NOTHING_GATHERED = 1, 2


@click.command(
    help="""Gather the results of all runs into one tidy Parquet data set.

    OUTPUTS is a folder of outputs or an address (s3://…); outputs/ of the workspace by default. The tables runs, measures,
    scores, ranks and findings let years and districts be compared with DuckDB or pandas. Gathering again reads only what changed.

    Exit status: 0 all gathered; 1 some run was left out, because its results are not whole or of another version; 2 there
    are no outputs; 3 the data set cannot be written.
    """
)
@click.argument("outputs", required=False, default="")
@click.option("--into", default="", help="Folder or address of the data set; OUTPUTS/gathered by default.")
def gather(outputs: str, into: str) -> None:
    """Gather results; the help above says how."""
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, WenxiaoError  # noqa: PLC0415
    from wenxiao.project.place import address, without_password  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415
    from wenxiao.reports.gathering import gather as gathered_from  # noqa: PLC0415

    screen, aside = console(), console(stderr=True)
    try:
        done = gathered_from(outputs or Workspace.find().outputs_address, into)
    except OutputError:
        raise
    except WenxiaoError as error:
        aside.print(complaint(error, _("Nothing was gathered:")), end="", soft_wrap=True)
        sys.exit(NOTHING_GATHERED)
    place = without_password(address(done.place))
    words = ngettext(
        "{runs} run, {read} read now, {dropped} dropped: {place}",
        "{runs} runs, {read} read now, {dropped} dropped: {place}",
        done.runs,
    )
    counts = {"runs": done.runs, "read": len(done.read), "dropped": len(done.dropped)}
    screen.print(words.format(**counts, place=place), soft_wrap=True)
    for notebook, run in done.left_out:
        words = _("left out: {run}, make it again with wenxiao run")
        aside.print(words.format(run=f"{notebook}/{run}"), soft_wrap=True)
    if done.left_out:
        sys.exit(SOME_LEFT_OUT)
