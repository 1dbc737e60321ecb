"""`wenxiao init`: a workspace in an empty folder, from the installed package alone."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wenxiao.language import _


@click.command(
    help="""Start a workspace: notebooks, folders for data and parameters, a README and a .gitignore.

    FOLDER is the working directory unless it is named; it is made where it is not there. What is there already is left as
    it is, and a folder that holds other files is refused.

    Exit status: 0 made or all there; 2 the folder holds other files or cannot be written.
    """
)
@click.argument("folder", default=".")
def init(folder: str) -> None:
    """Start a workspace; the help above says how."""
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.collect.new_project import create_workspace  # noqa: PLC0415
    from wenxiao.model.errors import WenxiaoError  # noqa: PLC0415

    screen, aside, here = console(), console(stderr=True), Path.cwd()
    place = (here / folder).resolve()
    try:
        made = create_workspace(place)
    except WenxiaoError as error:
        aside.print(complaint(error, _("No workspace was made:")), end="", soft_wrap=True)
        sys.exit(2)
    for path in made:
        screen.print(_("made  {path}").format(path=shown(path, here)), soft_wrap=True)
    screen.print("\n" + _("Next:"), soft_wrap=True)
    steps = [_("wenxiao new NAME, with the name of a project"), "jupyter lab notebooks/explore.ipynb"]
    if place != here:
        steps.insert(0, f"cd {shown(place, here)}")
    for number, step in enumerate(steps, 1):
        screen.print(f"  {number}. {step}", soft_wrap=True)
