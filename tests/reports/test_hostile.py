"""A workbook full of hostile text, from the reader to paper: it stays text everywhere, and the page stays a page."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from wenxiao.model.written_text import shown_on_page

from tests.reports.browsing import WIDTHS, opened
from tests.reports.trial import CELLS, FOLDER, LONG, MARKUP, NOTEBOOKS

PAGES = [f"{notebook}/{FOLDER}" for notebook in NOTEBOOKS[:3]]
ELEMENTS = {
    "script",
    "iframe",
    "img",
    "object",
    "embed",
    "form",
    "input",
    "base",
    "textarea",
    "foreignobject",
    "math",
}


@pytest.fixture(
    scope="module",
    params=[*(f"{page}/report.html" for page in PAGES), "index.html", "portfolio/all/report.html"],
)
def page(request: pytest.FixtureRequest, trial: Path) -> Path:
    """Each page on which the hostile text stands."""
    return trial / request.param


def test_no_text_becomes_markup(page: Path) -> None:
    """No element, handler or address comes from a cell, a sheet, a file name, a title or a narrative, in HTML and SVG."""
    document = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    tags = document.find_all(True)
    assert {tag.name for tag in tags} & ELEMENTS == set()
    assert [name for tag in tags for name in tag.attrs if name.startswith("on")] == []
    assert len(document.find_all("style")) == 1
    links = {tag["href"] for tag in tags if tag.has_attr("href")} | {
        tag["src"] for tag in tags if tag.has_attr("src")
    }
    outside = {link for link in links if not link.startswith("#")} - {"data:,"}
    if page.name != "index.html":
        assert outside == set()
    assert all((page.parent / unquote(link)).is_file() for link in outside)


def test_the_text_is_there(page: Path) -> None:
    """What the cells hold can be read on the page as it stands in them: signs that nobody sees aside, nothing is dropped, evaluated or decoded."""
    text = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").main.get_text()
    assert MARKUP in text
    if page.parent.parent.name == "district_ranking":
        seen = ["".join(c for c in shown_on_page(name) if unicodedata.category(c) != "Cf") for name in CELLS]
        assert [name for name in seen if name not in text] == []
        assert LONG in text
    assert "49" not in re.findall(r"\{\{ ?7 ?\* ?7 ?\}\}|\b49\b", text) or "{{" in text


def test_the_page_opens_as_a_page(browser: Browser, page: Path) -> None:
    """Nothing runs, nothing is asked for, nothing hides, and a name of 10,000 characters does not widen the page."""
    with opened(browser, page) as made:
        assert made.messages == []
        assert len([url for url in made.requests if not url.startswith("data:")]) == 1
        assert made.page.title() != "ran"
        assert made.page.locator("main h1").is_visible()
        for width in WIDTHS:
            made.resize(width)
            assert made.overhang == 0


@pytest.mark.parametrize("name", PAGES)
def test_results_hold_the_text(trial: Path, name: str) -> None:
    """The results are JSON whose strings are the texts, and name the files as they are called."""
    results = json.loads((trial / name / "results.json").read_text(encoding="utf-8"))
    texts = json.dumps(results, ensure_ascii=False)
    assert json.dumps(MARKUP, ensure_ascii=False)[1:-1] in texts
    assert {each["file"] for each in results["run"]["inputs"]} >= {"-资金@=;`$(x)`.xlsx"}


def test_files_stay_in_their_folder(trial: Path) -> None:
    """No name leads a file out of the folder of its run, and no other file appears."""
    root = trial.parent
    expected = {"report.html", "report.ipynb", "results.json", "manifest.json", "working-paper.xlsx"}
    for name in PAGES:
        sent = json.loads((trial / name / "manifest.json").read_text(encoding="utf-8"))["headline"]["sent_as"]
        assert not set(sent) & set('<>:"/|?*' + chr(92))
        assert {path.name for path in (trial / name).iterdir()} <= {*expected, sent}
    assert {path.name for path in root.iterdir()} == {"data", "parameters", "notebooks", "outputs"}
