"""`wenxiao compare`: what moved between two runs, or two folders of runs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from wenxiao.language import _

CANNOT_COMPARE = 2


@click.command(
    help="""Show what moved between two runs, or between two folders of outputs.

    BEFORE and AFTER are the folders of two runs, two results.json, or two folders of outputs, whose runs are matched by
    name; addresses (s3://…) too. Figures are compared exactly.

    Exit status: 0 the same; 1 something moved; 2 something cannot be compared; 3 the page cannot be written. Another version of the software alone does
    not count.
    """
)
@click.argument("before")
@click.argument("after")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the comparison as a page to this file, whole or not at all.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as data instead of tables.")
def compare(before: str, after: str, html: Path | None, as_json: bool) -> None:
    """Compare two sides; the help above says how."""
    import json  # noqa: PLC0415

    from wenxiao.cli.console import complaint, console  # noqa: PLC0415
    from wenxiao.model.errors import OutputError, WenxiaoError  # noqa: PLC0415
    from wenxiao.project.place import place_of, write_whole  # noqa: PLC0415
    from wenxiao.reports import comparison  # noqa: PLC0415

    screen, aside = console(), console(stderr=True)
    try:
        compared = comparison.compare(before, after)
    except OutputError:
        raise
    except WenxiaoError as error:
        aside.print(complaint(error, _("Cannot compare:")), end="", soft_wrap=True)
        sys.exit(CANNOT_COMPARE)
    if as_json:
        click.echo(json.dumps(compared.record, ensure_ascii=False, indent=1))
    else:
        for part in comparison.comparison_lines(compared):
            screen.print(part)
    for problem in compared.problems:
        aside.print(f"{problem}", style="red", soft_wrap=True)
    if html is not None:
        write_whole(place_of(html), comparison.comparison_page(compared).encode())
        aside.print(_("Page: {path}").format(path=html), soft_wrap=True)
    sys.exit(compared.status)
