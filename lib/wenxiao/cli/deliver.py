"""`wenxiao deliver`: one edition of a report with everything that is handed over beside it."""

from __future__ import annotations

import sys

import click

REFUSED = 2


@click.command(
    help="""Hand over one edition of a report: the Word file and all that goes with it.

    PROJECT is the name of a project or of a run, or a parameter file of project_report or district_report. The files are
    in outputs/deliver/<run>/<edition>/, whole or not at all; an earlier edition is kept, also one of the same name.

    \b
    Exit status:
      0  the edition is there
      2  something stands against it; nothing was written
      3  the files cannot be written
    """
)
@click.argument("project")
@click.option(
    "--edition",
    type=click.Choice(["征求意见稿", "内部审核稿", "正式稿"]),
    help="The edition; what the parameter file says by default.",
)
@click.option(
    "--audience",
    type=click.Choice(["internal", "release"]),
    help="For the house, or to leave it; what the parameter file says by default.",
)
@click.option("--output", help="Folder for outputs; outputs/ of the workspace by default.")
def deliver(project: str, edition: str | None, audience: str | None, output: str | None) -> None:
    """Hand over an edition; the help above says how."""
    from wenxiao.batch.delivering import deliver as delivered  # noqa: PLC0415
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.language import _  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, WenxiaoError  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415
    from wenxiao.reports.hand_over.files import NAMED_BY_LANGUAGE  # noqa: PLC0415

    called = (_("report.docx"), _("charts.pptx"), _("charts"), _("archive.zip"))
    names = dict(zip(NAMED_BY_LANGUAGE, called, strict=True))
    screen, aside = console(), console(stderr=True)
    try:
        made = delivered(Workspace.find(), project, edition or "", audience or "", output, names)
    except OutputError:
        raise
    except WenxiaoError as error:
        aside.print(complaint(error, _("Nothing was handed over:")), end="", soft_wrap=True)
        sys.exit(REFUSED)
    said = _("{edition}: unchanged, it was there already") if made.unchanged else _("{edition}: handed over")
    screen.print(said.format(edition=made.mark), style="bold")
    if made.before:
        screen.print(_("The edition is compared with {edition}.").format(edition=made.before))
    for name in made.files:
        screen.print(f"  {name}", soft_wrap=True)
    if made.left_out:
        said = _("Left out, because nothing is given: {parts}")
        screen.print(said.format(parts="、".join(made.left_out)), soft_wrap=True)
    if made.kept is not None:
        screen.print(_("The former one is kept: {folder}").format(folder=made.kept), soft_wrap=True)
    screen.print(_("Folder: {folder}").format(folder=made.folder), soft_wrap=True)
