"""`wenxiao check`: what is read from spreadsheets."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wenxiao.language import _


@click.command(
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

    from wenxiao.isolation.limits import one_thread  # noqa: PLC0415

    one_thread()  # before numpy, which would start others
    from wenxiao.api import load_profile  # noqa: PLC0415
    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.display.account import account_lines, survey_table  # noqa: PLC0415
    from wenxiao.evaluation import evaluate  # noqa: PLC0415
    from wenxiao.fields import standard_registry  # noqa: PLC0415
    from wenxiao.model import Finding  # noqa: PLC0415
    from wenxiao.model.errors import ParameterError, SheetError  # noqa: PLC0415
    from wenxiao.project.project import project_of_reading  # noqa: PLC0415
    from wenxiao.sheets import account_of, read_workbook, survey  # noqa: PLC0415
    from wenxiao.sheets.foreign_file import limits_of  # noqa: PLC0415
    from wenxiao.sheets.reading import Reading  # noqa: PLC0415

    registry, screen, aside = standard_registry(), console(), console(stderr=True)
    rules = load_profile("national")

    def findings_of(reading: Reading) -> tuple[Finding, ...]:
        """What a report on the file alone would say."""
        project = project_of_reading(reading)
        found = [
            each for one in (project, *project.projects) for each in evaluate(one, rules, registry).findings
        ]
        return tuple(dict.fromkeys(found))

    try:
        limits_of(0)
    except ParameterError as error:
        aside.print(complaint(error, _("Nothing was read:")), end="", soft_wrap=True)
        sys.exit(2)
    status, accounts = 0, []
    for path in paths:
        if path.is_dir():
            lines = list(survey(path, registry, findings_of))
            accounts.append({"folder": path.as_posix(), "files": [asdict(line) for line in lines]})
            worst = 2 if any(line.refused for line in lines) else int(any(line.errors for line in lines))
            status = max(status, worst)
            if not as_json:
                screen.print(survey_table(lines))
            continue
        try:
            reading = read_workbook(path, registry)
            account = account_of(reading, registry, findings_of(reading))
        except SheetError as error:
            aside.print(complaint(error, _("Cannot read {path}:").format(path=path)), end="", soft_wrap=True)
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
