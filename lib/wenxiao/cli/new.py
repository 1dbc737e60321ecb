"""`wenxiao new`: a project's folder with a template workbook, and its parameter files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from wenxiao.language import _

if TYPE_CHECKING:
    from wenxiao.collect.new_project import Kind


_KINDS = ("evaluation", "self-evaluation", "monitoring")


def _asked(given: str, question: str, choices: tuple[str, ...], default: str) -> str:
    """What was given, else what a person at the terminal chooses, else the default."""
    if given or not sys.stdin.isatty():
        return given or default
    return str(click.prompt(question, type=click.Choice(choices), default=default))


@click.command(
    help="""Make a project: data/NAME with a template workbook, and its parameter files.

    What is there already is left as it is. In a folder that has tables of its own, only what is missing around them is
    made, and parameter files for the ranking and a district's report once they give scores by district. Outside a workspace
    nothing is made: wenxiao init starts one.

    Exit status: 0 made or all there; 2 the name cannot be used; 3 a file cannot be written.
    """
)
@click.argument("name")
@click.option("--districts", default="", help="Districts of the project, a comma between: 甲县,乙县.")
@click.option(
    "--domain",
    default="",
    help="Field of spending: general, housing, roads, irrigation, schools, health. Asked for in a terminal.",
)
@click.option(
    "--kind",
    type=click.Choice(["", *_KINDS]),
    default="",
    metavar="KIND",
    help="What it is made for: evaluation, self-evaluation, monitoring. Asked for in a terminal.",
)
def new(name: str, districts: str, domain: str, kind: str) -> None:
    """Make a project; the help above says how."""
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.collect import create_project  # noqa: PLC0415
    from wenxiao.fields.domain import domains  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, WenxiaoError  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415

    screen, aside, here = console(), console(stderr=True), Path.cwd()
    places = [place.strip() for place in districts.replace("，", ",").replace("、", ",").split(",")]
    try:
        workspace = Workspace.find(own=True)
        project = create_project(
            workspace,
            name,
            places if districts else (),
            domain=_asked(domain, _("Field of spending"), tuple(domains()), "general"),
            kind=cast("Kind", _asked(kind, _("Made for"), _KINDS, "evaluation")),
        )
    except OutputError:
        raise
    except WenxiaoError as error:
        aside.print(complaint(error, _("No project was made:")), end="", soft_wrap=True)
        sys.exit(2)
    for path in project.made:
        screen.print(_("made  {path}").format(path=shown(path, here)), soft_wrap=True)
    for path in project.kept:
        screen.print(_("kept  {path}").format(path=shown(path, here)), soft_wrap=True)
    screen.print("\n" + _("Next:"), soft_wrap=True)
    words = _("fill in the tables in {folder}, or put your own there")
    screen.print(f"  1. {words.format(folder=shown(project.folder, here))}", soft_wrap=True)
    screen.print(f"  2. wenxiao check {shown(project.folder, here)}", soft_wrap=True)
    screen.print(f"  3. wenxiao run {name}", soft_wrap=True)
    if any(path.parent.name == "district_ranking" for path in (*project.made, *project.kept)):
        last = _("wenxiao run district_report/{name} --each-district: a report for each district")
    else:
        last = _("wenxiao new {name} again, once the tables give scores by district: adds the ranking")
    screen.print(f"  4. {last.format(name=name)}", soft_wrap=True)
