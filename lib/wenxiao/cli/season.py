"""`wenxiao season`: all self-evaluations of a folder, from the forms to the reports, the list of results and the notices."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wenxiao.language import _, ngettext

OPEN, CANNOT = 1, 2
_LONGEST = 600.0
"""Seconds that the report on one form, or on the season, may take."""


@click.command(
    help="""Report on all self-evaluation forms of a folder: each form, each unit, the whole.

    FOLDER holds the forms as units handed them in (xlsx, xls, docx, zip ...), in subfolders or not, and may hold a list of
    projects. A folder outside the workspace is copied into data/. Parameter files are kept, so that one form can be run
    again: wenxiao run self_evaluation/NAME. What has not changed is not made again.

    Made are a page of the season, from which each form's report is a click away, the list of results as Excel and Word,
    and a notice to each unit of what to correct.

    \b
    Exit status:
      0    every form is read and reported on
      1    some file could not be read or some report failed; the others are there
      2    there is no such folder, no form in it, or an option is wrong; nothing was made
      3    the outputs cannot be written
      130  interrupted; what was made until then is kept
    """
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--name",
    default="",
    help="The name of the season; that of the folder by default. For a folder outside data/.",
)
@click.option(
    "--earlier",
    type=click.Path(path_type=Path),
    help="The folder of the first round, whose findings are followed.",
)
@click.option("--profile", default="", help="The rules of evaluation; those of each form's place by default.")
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    default=0,
    help="How many forms to draw for review; a share by default.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="The seed of the draw."
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="Forms at the same time; as many as there are cores by default.",
)
@click.option("--force", is_flag=True, help="Make every report, changed or not.")
def season(
    folder: Path,
    name: str,
    earlier: Path | None,
    profile: str,
    sample: int,
    seed: int,
    jobs: int | None,
    force: bool,
) -> None:
    """Report on a season; the help above says how."""
    from wenxiao.batch import Limits, LocalPool, cores, decisions, plan  # noqa: PLC0415
    from wenxiao.batch.season import Source, hand_out, not_known, parameter_files, read_forms, taken_in  # noqa: PLC0415
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.cli.run import carried_out  # noqa: PLC0415
    from wenxiao.isolation.limits import fair_share  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, ParameterError, Problem, WenxiaoError  # noqa: PLC0415
    from wenxiao.project.named_things import profile_problems  # noqa: PLC0415
    from wenxiao.project.workspace import Workspace  # noqa: PLC0415
    from wenxiao.season import evaluate_season, season_of  # noqa: PLC0415

    screen, aside, here = console(), console(stderr=True), Path.cwd()
    count = jobs or cores()
    pool = LocalPool(count, Limits(_LONGEST, fair_share(count)), "wenxiao")
    try:
        workspace = Workspace.find(own=True)
        if profile and (wrong := list(profile_problems(profile, workspace))):
            raise ParameterError(wrong)
        if (
            earlier
            and (name or folder.absolute().name) == earlier.absolute().name
            and earlier.absolute() != folder.absolute()
        ):
            words = "两轮的文件夹同名，复制到 data 中会互相覆盖"
            raise ParameterError(
                Problem(words, value=str(earlier), remedy="给其中一个改名，或用 --name 另起一个名称")
            )
        taken = taken_in(workspace, folder, name)
        before = taken_in(workspace, earlier) if earlier else None
        if taken.copied:
            words = ngettext("{n} file copied to {folder}", "{n} files copied to {folder}", taken.copied)
            screen.print(words.format(n=taken.copied, folder=shown(taken.folder, here)), soft_wrap=True)
        if taken.replaced:
            words = _("{n} former ones are kept in {folder}")
            screen.print(
                words.format(n=taken.replaced, folder=shown(taken.folder / ".replaced", here)), soft_wrap=True
            )
        folders = [each.folder for each in (taken, before) if each]
        unknown = sum(not_known(each, profile, workspace.profiles) for each in folders)
        if unknown or force:
            pool.preload(workspace.root)  # while forms are read: something will run
        if unknown:
            aside.print(_("reading {n} files").format(n=unknown))
        for each in folders:
            read_forms(each, profile, workspace.profiles, count)
        found = season_of(taken.folder, profile, workspace.profiles)
        values: dict[str, object] = {
            "earlier": workspace.relative(before.folder) if before else "",
            "profile": profile,
            "sample": sample,
            "seed": seed,
        }
        files = parameter_files(workspace, found, taken.folder, values)
        decided = decisions(plan(workspace, [str(file) for file in files]), force=force)
        if any(each.due for each in decided):
            pool.preload(workspace.root)
        evaluation = evaluate_season(
            taken.folder,
            profile,
            profiles=workspace.profiles,
            earlier=before.folder if before else None,
            size=sample,
            seed=seed,
        )
        made = hand_out(evaluation, workspace.outputs, Source(taken.folder, profile, workspace.profiles))
        status = carried_out(decided, pool, listed=False)
    except OutputError:
        raise
    except WenxiaoError as error:
        aside.print(complaint(error, _("Nothing was made:")), end="", soft_wrap=True)
        sys.exit(CANNOT)
    finally:
        pool.close()
    for path in made.kept:
        aside.print(_("changed by a person, kept as {path}").format(path=shown(path, here)), soft_wrap=True)
    for finding in found.unread:
        aside.print(f"{finding.message}{finding.remedy}", style="red", soft_wrap=True)
    units, forms = len(found.units), len(found.forms)
    screen.print(_("{forms} forms of {units} units").format(forms=forms, units=units), style="bold")
    notices = sum("/" in file for file in made.files)
    screen.print(
        _("{sample} drawn for review, {notices} notices").format(
            sample=len(evaluation.sample.drawn), notices=notices
        )
    )
    page = workspace.outputs / "season" / found.name / "report.html"
    screen.print(_("Page: {path}").format(path=shown(page, here)), soft_wrap=True)
    screen.print(_("Lists and notices: {path}").format(path=shown(made.folder, here)), soft_wrap=True)
    sys.exit(status or (OPEN if found.unread else 0))
