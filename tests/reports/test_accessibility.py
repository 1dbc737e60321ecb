"""Every page under axe-core in a real browser: WCAG 2.2 AA and good practice, as it opens and as it is used."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.reports.browsing import REPORTS, opened
from tests.reports.trial import WIDE

AXE = files("axe_playwright_python").joinpath("axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
USED = ("index.html", "district_ranking/linyi-2021/report.html", "project_report/mudan-2023/report.html")
"""The pages that are also tried on a phone and in use."""

PLAIN = ".wx-scroll { background-image: none !important }"
"""A shadow behind a table keeps axe from telling the contrast of its text."""


def violations(page: Page) -> list[str]:
    """What axe objects to, each with the elements it is about."""
    page.add_style_tag(content=PLAIN)
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then((all) => all.violations)", RULES
    )
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


# What axe costs grows with the square of a page; one of 150 districts has the elements of one of twelve, more often.
@pytest.mark.parametrize("report", [report for report in REPORTS if WIDE not in str(report)])
def test_nothing_to_object_to(browser: Browser, trial: Path, report: str) -> None:
    """Axe finds nothing against a page."""
    with opened(browser, trial / report) as made:
        assert violations(made.page) == []


@pytest.mark.parametrize("report", USED)
def test_nothing_to_object_to_in_use(browser: Browser, trial: Path, report: str) -> None:
    """Nor on a phone, with everything unfolded, a line of 计算底稿 highlighted and a popover open."""
    with opened(browser, trial / report, width=360) as made:
        page = made.page
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        if report != "index.html":
            page.evaluate("location.hash = 'l1'")
            page.locator("[popovertarget]").nth(1).focus()
            page.keyboard.press("Enter")
            assert page.locator("[popover]:popover-open").count() == 1
            assert page.locator("tr:target").count() == 1
        assert violations(page) == []


def test_faults_are_found(browser: Browser, trial: Path, tmp_path: Path) -> None:
    """A page made worse is objected to: the trial does not pass for want of looking."""
    path = tmp_path / "worse.html"
    page = (trial / USED[1]).read_text(encoding="utf-8")
    worse = page.replace("--second: #57606a", "--second: #c0c6cc").replace('lang="zh-CN"', "")
    path.write_text(worse.replace("<h2", "<h4", 1), encoding="utf-8")
    with opened(browser, path) as made:
        found = " ".join(violations(made.page))
    assert "color-contrast" in found
    assert "html-has-lang" in found
