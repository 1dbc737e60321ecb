"""Every page on paper: A4 sheets, numbered, nothing cut in two, nothing of the screen, nothing lost."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reports.browsing import REPORTS, opened
from tests.reports.trial import FOLDER

MARK = """() => {
  const number = new Map();
  const small = (name) => {
    const mark = document.createElement('span');
    mark.style.cssText = 'font: 1px sans-serif; white-space: nowrap; text-decoration: none';
    mark.textContent = ` Q${name}Q `;
    return mark;
  };
  document.querySelectorAll('figure svg').forEach((svg, i) => {
    const box = svg.viewBox.baseVal;
    for (const [name, y] of [['s', 1.5], ['e', box.height - 0.5]]) {
      const mark = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'text'));
      mark.setAttribute('font-size', '1.5');
      mark.setAttribute('x', box.x + 2);
      mark.setAttribute('y', box.y + y);
      mark.textContent = `Qc${i}${name}Q`;
    }
  });
  document.querySelectorAll('main table').forEach((table, i) => {
    if (table.closest('details') || !table.tHead) return;
    if (table.closest('.wx-lines')) table.rows[table.rows.length - 1].cells[0].append(small('papere'));
    const rows = table.tBodies[0].rows;
    const kind = table.closest('.wx-short') ? 'u' : 't';
    table.tHead.rows[0].cells[0].append(small(`${kind}${i}h`));
    rows[0].cells[0].append(small(`${kind}${i}s`));
    rows[rows.length - 1].cells[0].append(small(`${kind}${i}e`));
  });
  document.querySelectorAll('div[popover], details > :not(summary), .page-contents, .page-skip, .page-foot')
    .forEach((hidden) => hidden.append(small('hidden')));
}"""
"""Tiny words at both ends of every chart and table, in its header, and in what must not print."""


@dataclass(frozen=True)
class Printed:
    """The sheets of a page: the words of each, lines as laid out, and where the tiny words stand."""

    report: str
    path: Path
    sheets: tuple[str, ...]

    def at(self, mark: str) -> list[int]:
        """The sheets on which a mark stands."""
        return [number for number, sheet in enumerate(self.sheets) if f"Q{mark}Q" in sheet]

    def marks(self, pattern: str) -> list[str]:
        """The marks of a kind, each once."""
        return sorted({found for sheet in self.sheets for found in re.findall(f"Q({pattern})Q", sheet)})

    def lines(self, number: int) -> list[str]:
        """The words of a sheet, a line each, without the tiny ones."""
        lines = (re.sub(r"\s*Q\w+Q\s*", " ", line).strip() for line in self.sheets[number].splitlines())
        return [line for line in lines if line]


def holds_hostile(report: str) -> bool:
    """Whether the words of the hostile project stand in a page."""
    return FOLDER in report or report.startswith(("index", "portfolio"))


@pytest.fixture(scope="module", params=REPORTS)
def printed(
    request: pytest.FixtureRequest,
    browser: Browser,
    trial: Path,
    pdftotext: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Printed]:
    """Each page of the trial, printed."""
    path = tmp_path_factory.mktemp("print") / "print.pdf"
    with opened(browser, trial / request.param, width=794) as made:
        made.page.evaluate(MARK)
        made.page.pdf(path=path, prefer_css_page_size=True)
    done = subprocess.run(
        [pdftotext, "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True
    )
    return Printed(request.param, path, tuple(done.stdout.removesuffix("\f").split("\f")))


def test_sheets_are_a4_and_numbered(printed: Printed) -> None:
    """Whatever the printer's default, every sheet is A4 and ends with its number of how many."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed.path.read_bytes())
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(595, 842)}
    numbers = ["".join(printed.lines(number)[-1].split()) for number in range(len(printed.sheets))]
    assert numbers == [f"{number}/{len(numbers)}" for number in range(1, len(numbers) + 1)]


def test_no_chart_is_cut_in_two(printed: Printed) -> None:
    """A chart begins and ends on one sheet."""
    charts = printed.marks(r"c\d+s")
    assert charts or printed.report == "index.html" or FOLDER in printed.report
    cut = [chart for chart in charts if printed.at(chart) != printed.at(chart[:-1] + "e")]
    assert cut == []


def test_heads_of_tables_are_repeated(printed: Printed) -> None:
    """A table that goes on has its head on every sheet it stands on."""
    tables = [mark[:-1] for mark in printed.marks(r"[tu]\d+h")]
    assert tables
    for table in tables:
        first, last = printed.at(f"{table}s")[0], printed.at(f"{table}e")[0]
        assert set(range(first, last + 1)) <= set(printed.at(f"{table}h")), table


def test_a_short_table_is_not_cut(printed: Printed) -> None:
    """A table of some fifteen rows stands on one sheet, unless a cell of it alone would fill one."""
    short = [mark[:-1] for mark in printed.marks(r"u\d+h")]
    assert short or printed.report == "index.html"
    cut = [table for table in short if printed.at(f"{table}s")[0] != printed.at(f"{table}e")[-1]]
    assert cut == [] or holds_hostile(printed.report)


def test_the_screen_stays_on_the_screen(printed: Printed) -> None:
    """Contents, popovers, folded data and the foot of the page do not print, nor does any address."""
    assert printed.marks("hidden") == []
    if not holds_hostile(printed.report):
        assert not re.search(r"https?://|file:|#l\d|\.html", "".join(printed.sheets))


def test_no_sheet_is_nearly_empty(printed: Printed) -> None:
    """No sheet, and not the last, holds but a line or two; names of 10,000 characters leave some with a few more."""
    least = 3 if holds_hostile(printed.report) else 6
    lines = {n + 1: len(printed.lines(n)) for n in range(len(printed.sheets))}
    sparse = {sheet: count for sheet, count in lines.items() if count < least}
    assert sparse == {}


def test_the_working_paper_is_printed(printed: Printed) -> None:
    """The appendix that figures lead to is on paper to its last line; an index has none."""
    headings = [n for n, sheet in enumerate(printed.sheets) if re.search(r"附\s*计算底稿", sheet)]
    if printed.report == "index.html":
        assert headings == []
    else:
        assert headings[0] <= printed.at("papere")[0]
