"""`wenxiao review`: the working papers of a review of self-evaluations, their summary, a report for each unit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

SOME_TO_LOOK_AT, REFUSED = 1, 2


@click.command(
    help="""Review self-evaluations: make the working papers, then the summary and the reports.

    FOLDER is a folder with the forms that units handed in, in subfolders or not, or the name of a project. For forms without
    working papers a workbook to fill in is made beside them, a sheet for each project. Once scores are filled in, the summary and a Word report for each unit are
    made in outputs/review/FOLDER, for a folder outside a workspace in a folder below it. A file that a person changed is
    never replaced.

    \b
    Exit status:
      0  made
      1  made, and something in what reviewers wrote is for a person to look at
      2  something stands against it; nothing was written
      3  the files cannot be written
    """
)
@click.argument("folder")
@click.option("--profile", default="review", help="The rules; review, which ships, by default.")
@click.option("--output", help="Folder for the summary and the reports; outputs/review/FOLDER by default.")
def review(folder: str, profile: str, output: str | None) -> None:
    """Make a review; the help above says how."""
    from wenxiao.batch.reviewing import RESULTS, rules_of  # noqa: PLC0415
    from wenxiao.batch.reviewing import review as reviewed_from  # noqa: PLC0415
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.language import _, ngettext  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, WenxiaoError  # noqa: PLC0415
    from wenxiao.project.place import place_of  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415

    screen, aside = console(), console(stderr=True)
    try:
        given = Path(folder)
        workspace = Workspace.find()
        place = given.resolve() if given.is_dir() else workspace.data / folder
        inside = place.is_relative_to(workspace.root)
        made = place_of(workspace.outputs_address) / "review" if inside else place_of(place)
        outputs = place_of(output) if output else made / (place.name if inside else RESULTS)
        rules = rules_of(profile, workspace.profiles)
        done = reviewed_from(place, rules, outputs)
    except OutputError:
        raise
    except WenxiaoError as error:
        aside.print(complaint(error, _("Nothing was made:")), end="", soft_wrap=True)
        sys.exit(REFUSED)
    for path in done.sheets:
        words = _("Working papers to fill in: {path}")
        screen.print(words.format(path=path), style="bold", soft_wrap=True)
    if done.files:
        words = ngettext("{n} project reviewed: {place}", "{n} projects reviewed: {place}", done.projects)
        screen.print(words.format(n=done.projects, place=done.folder), style="bold", soft_wrap=True)
    for name in done.files:
        screen.print(f"  {name}", soft_wrap=True)
    for said, names in (
        (_("Not reviewed yet: {names}"), done.waiting),
        (_("In no report, because the form names no unit: {names}"), done.unnamed),
    ):
        if names:
            screen.print(said.format(names="、".join(names)), soft_wrap=True)
    for name, finding in done.findings:
        where = " ".join(filter(None, (finding.word, name, *map(str, finding.cells[:1]))))
        screen.print(f"{where}：{finding.message}", soft_wrap=True)
    if done.findings or done.unnamed:
        sys.exit(SOME_TO_LOOK_AT)
