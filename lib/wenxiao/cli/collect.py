"""`wenxiao collect`: templates to the counties, what they return, who is late, and all of it as the tables of a project."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wenxiao.language import _, ngettext

if TYPE_CHECKING:
    from rich.table import Table

    from wenxiao.collect import Collection

OPEN, CANNOT = 1, 2


@click.group(
    help="""Collect the tables of a project from its counties.

    First put the roster into data/PROJECT/collect, as roster.xlsx or roster.csv with the columns
    县区, 填报单位, 联系人, 联系电话, 评价方式. Then send, receive as often as files come in, see the status, merge.
    """
)
def collect() -> None:
    """Collect tables; the help above says how."""


@collect.command(
    help="""Make one locked template workbook for each county of the roster, in data/PROJECT/collect/sent.

    A form of your own is collect/form.yaml. Sending again changes nothing unless the roster or the form
    changed.

    Exit status: 0 made or all there; 2 the roster or the form is wrong, all that is wrong is listed; 3 a file
    cannot be written.
    """
)
@click.argument("project")
def send(project: str) -> None:
    """Make the templates; the help above says how."""
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import console  # noqa: PLC0415
    from wenxiao.collect import send as send_templates  # noqa: PLC0415

    screen, here = console(), Path.cwd()
    with _told(_("No template was made:")):
        collection = _collection(project)
        done = send_templates(collection)
    for path in done.made:
        screen.print(_("made  {path}").format(path=shown(path, here)), soft_wrap=True)
    for path in done.renewed:
        screen.print(_("made anew  {path}").format(path=shown(path, here)), soft_wrap=True)
    screen.print(
        _("{made} made, {renewed} made anew, {same} as they were: {folder}").format(
            made=len(done.made),
            renewed=len(done.renewed),
            same=len(done.same),
            folder=shown(collection.sent, here),
        ),
        soft_wrap=True,
    )


@collect.command(
    help="""Take in what came back: every file of FOLDER and below, data/PROJECT/collect/returned by default.

    A file is known by its content, whatever it is called: by the mark of its template, its 县区 cell, its
    titles, its name. Each return of a county is kept as a version. Scans are listed as 待录入, never guessed.

    Exit status: 0 all read; 1 something is for a person to decide or to type in; 2 the roster or the folder is
    wrong; 3 a file cannot be written.
    """
)
@click.argument("project")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def receive(project: str, folder: Path | None) -> None:
    """Take files in; the help above says how."""
    from wenxiao.cli.console import console  # noqa: PLC0415
    from wenxiao.collect import differences, read_collection  # noqa: PLC0415
    from wenxiao.collect import receive as receive_files  # noqa: PLC0415
    from wenxiao.collect.register import READ  # noqa: PLC0415

    screen, aside = console(), console(stderr=True)
    with _told(_("Nothing was received:")):
        collection = _collection(project)
        done = receive_files(collection, folder)
        now = read_collection(collection)
    if done.new:
        heads = (_("file"), _("county"), _("returned version"), _("state"), _("known by"))
        rows = [
            (entry.file, entry.county or "—", entry.version or "—", entry.state, entry.named)
            for entry in done.new
        ]
        screen.print(_table(heads, rows))
    screen.print(
        ngettext(
            "{n} new file, {known} known already.", "{n} new files, {known} known already.", len(done.new)
        ).format(n=len(done.new), known=done.known),
        soft_wrap=True,
    )
    for entry in done.new:
        if entry.state != READ:
            aside.print(f"{entry.file}：{entry.reason}。{entry.remedy}", style="red", soft_wrap=True)
    for doubt in done.doubts:
        if not any(entry.file == doubt.file and entry.state != READ for entry in done.new):
            aside.print(str(doubt), style="red", soft_wrap=True)
    arrived = {(entry.county, entry.version) for entry in done.new if entry.rank > 1}
    for difference in differences(now):
        if (difference.county, difference.versions[1]) in arrived:
            screen.print(str(difference), soft_wrap=True)
    screen.print(now.headline, soft_wrap=True)
    sys.exit(OPEN if done.doubts or any(entry.state != READ for entry in done.new) else 0)


@collect.command(
    help="""Show who has returned what and who is to be asked again; the same as a workbook,
    data/PROJECT/collect/催报表.xlsx.

    Exit status: 0 all counties have returned everything; 1 something is missing or to be decided; 2 it cannot
    be told; 3 a file cannot be written.
    """
)
@click.argument("project")
@click.option(
    "--versions", is_flag=True, help="Also what the versions of each county differ in, cell by cell."
)
def status(project: str, versions: bool) -> None:
    """Show the status; the help above says how."""
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import console  # noqa: PLC0415
    from wenxiao.collect import differences, write_chase_list  # noqa: PLC0415
    from wenxiao.collect import status as status_of  # noqa: PLC0415
    from wenxiao.collect.status import RETURNED  # noqa: PLC0415

    screen = console()
    with _told(_("The status cannot be told:")):
        collection = _collection(project)
        with collection.alone():  # what is written is what was read
            now = status_of(collection)
            write_chase_list(collection, now)
    heads = (_("county"), _("contact"), _("state"), _("versions"), _("to do"))
    rows = [
        (
            line.county.name,
            f"{line.county.contact} {line.county.phone}".strip(),
            line.state,
            "、".join(line.versions),
            line.todo,
        )
        for line in now.lines
    ]
    screen.print(_table(heads, rows))
    if versions:
        for difference in differences(now.merged):
            screen.print(str(difference), soft_wrap=True)
    for name in now.nobody:
        screen.print(_("whose is it? {file}").format(file=name), soft_wrap=True)
    for name in now.to_type:
        screen.print(_("to be typed in: {file}").format(file=name), soft_wrap=True)
    for name in now.unread:
        screen.print(_("cannot be read: {file}").format(file=name), soft_wrap=True)
    for query in now.queries:
        cell = query.finding.cells[0] if query.finding.cells else None
        screen.print(
            f"{query.county}：{query.finding.message}{f'（{cell}）' if cell else ''}", soft_wrap=True
        )
    screen.print(now.headline, soft_wrap=True)
    screen.print(shown(collection.chase_list, Path.cwd()), soft_wrap=True)
    sys.exit(OPEN if any(line.state != RETURNED for line in now.lines) or now.nobody else 0)


@collect.command(
    help="""Merge what was received into data/PROJECT/汇总.xlsx, which the project reads as its own tables.

    Beside it, in collect: the values as tidy data (汇总数据.csv and .parquet), each with its file, version,
    sheet and cell, and the list of what was not read. The latest version of a county counts, unless a decision
    in collect/register.yaml says otherwise.

    Exit status: 0 merged; 1 merged, and something is for a person to decide; 2 it cannot be merged; 3 a file cannot
    be written.
    """
)
@click.argument("project")
def merge(project: str) -> None:
    """Merge; the help above says how."""
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import console  # noqa: PLC0415
    from wenxiao.collect import merge as merge_returns  # noqa: PLC0415

    screen, aside = console(), console(stderr=True)
    with _told(_("Nothing was merged:")):
        collection = _collection(project)
        done = merge_returns(collection)
    screen.print(
        _("{values} values of {n} counties: {path}").format(
            values=len(done.values), n=len(done.returned), path=shown(collection.merged, Path.cwd())
        ),
        soft_wrap=True,
    )
    screen.print(
        _("{n} lines on the list of what was not read, {changes} changes of the template: {path}").format(
            n=len(done.unread), changes=len(done.form_changes), path=shown(collection.unread, Path.cwd())
        ),
        soft_wrap=True,
    )
    if done.outstanding:
        screen.print(_("not in it: {counties}").format(counties="、".join(done.outstanding)), soft_wrap=True)
    for choice in done.conflicts:
        words = _("{county}, {label}, to be decided: {reason}")
        told = words.format(county=choice.county, label=choice.label, reason=choice.reason)
        aside.print(told, style="red", soft_wrap=True)
    sys.exit(OPEN if done.conflicts else 0)


@collect.command(
    help="""Make the workbooks of the review in data/PROJECT: scores, problems, evidence, opinions.

    The one of scores has a sheet for the project and one for each county. Indicators, weights, targets and
    actuals stand there as far as the project's tables give them, with their cells; scores are for people to
    give. A workbook that is there is left as it is.

    Exit status: 0 made or all there; 2 the project cannot be read; 3 a workbook cannot be written.
    """
)
@click.argument("project")
@click.option(
    "--profile",
    default="national",
    show_default=True,
    help="Rules of evaluation, whose methods give a figure to compare with beside each score.",
)
def scoring(project: str, profile: str) -> None:
    """Make the sheets of the review; the help above says how."""
    from wenxiao.batch.terminal import shown  # noqa: PLC0415
    from wenxiao.cli.console import console  # noqa: PLC0415
    from wenxiao.collect import write_scoring  # noqa: PLC0415
    from wenxiao.evaluation import evaluate  # noqa: PLC0415
    from wenxiao.project import Workspace, load_profile, load_project  # noqa: PLC0415

    screen, here = console(), Path.cwd()
    with _told(_("No sheet was made:")):
        collection = _collection(project)
        rules = load_profile(profile, Workspace.find().profiles)
        done = write_scoring(collection.project, evaluate(load_project(collection.project), rules))
    for path in done.made:
        screen.print(_("made  {path}").format(path=shown(path, here)), soft_wrap=True)
    for path in done.kept:
        screen.print(_("kept  {path}").format(path=shown(path, here)), soft_wrap=True)


def _collection(project: str) -> Collection:
    from wenxiao.collect import Collection  # noqa: PLC0415
    from wenxiao.project import Workspace  # noqa: PLC0415

    return Collection.of(Workspace.find(), project)


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Ends the command with all that is wrong, in words."""
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, WenxiaoError  # noqa: PLC0415

    try:
        yield
    except OutputError:
        raise
    except WenxiaoError as error:
        console(stderr=True).print(complaint(error, what), end="", soft_wrap=True)
        sys.exit(CANNOT)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(*heads, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
