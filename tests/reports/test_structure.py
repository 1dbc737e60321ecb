"""The structure of every page, which holds it together for a screen reader, a search and a print."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.reports.browsing import REPORTS

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "headers", "for", "popovertarget")


@pytest.fixture(scope="module", params=REPORTS)
def document(request: pytest.FixtureRequest, trial: Path) -> BeautifulSoup:
    """Each page of the trial, parsed."""
    return BeautifulSoup((trial / request.param).read_text(encoding="utf-8"), "html.parser")


def _is_report(document: BeautifulSoup) -> bool:
    """Whether a page is a report; the index is a front page without a contents list."""
    return document.find(id="overview") is None


def test_landmarks_and_title(document: BeautifulSoup) -> None:
    """A page says its language, has a title, one main part with one h1; a report has a contents list that names itself."""
    assert document.html["lang"] == "zh-CN"
    assert document.title.get_text(strip=True)
    assert len(document.find_all("main")) == 1
    assert len(document.find_all("h1")) == 1
    assert document.main.h1
    assert {nav["aria-label"] for nav in document.find_all("nav")} == (
        {"目录"} if _is_report(document) else set()
    )
    assert document.find("footer")


def test_headings_descend_by_one(document: BeautifulSoup) -> None:
    """No level of headings is skipped, and the contents list has those of the first two levels in order."""
    headings = document.main.find_all(re.compile("^h[1-6]$"))
    levels = [int(heading.name[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    ids = [heading.get("id") for heading in headings if heading.name in ("h2", "h3")]
    if _is_report(document):
        listed = [a["href"].removeprefix("#") for a in document.find(class_="page-contents").find_all("a")]
        assert [name for name in listed if name in ids] == ids


def test_sections_of_a_report_are_numbered(document: BeautifulSoup, request: pytest.FixtureRequest) -> None:
    """Sections count 一、二、三 without a gap, then come appendices; parts count （一）（二） within each where there are several; an index has none."""
    numerals = "一二三四五六七八九十"
    section = part = 0
    every = [heading.name for heading in document.main.find_all(["h2", "h3"])] + ["h2"]
    if "index.html" in request.node.callspec.id:
        headings = [heading.get_text() for heading in document.main.find_all(["h2", "h3"])]
        assert headings
        assert not [words for words in headings if re.match("[一二三]、|（[一二三]）", words)]
        return
    for at, heading in enumerate(document.main.find_all(["h2", "h3"])):
        words = heading.get_text()
        if heading.name == "h2":
            part = 0
            if not words.startswith("附"):
                assert words.startswith(f"{numerals[section]}、")
                section += 1
        elif every[at - 1 : at + 2] == ["h2", "h3", "h2"]:
            assert not words.startswith("（一）")
        else:
            assert words.startswith(f"（{numerals[part]}）")
            part += 1
    assert section


def test_references_lead_somewhere(document: BeautifulSoup) -> None:
    """Every id is there once, and whatever names an id names one that is there."""
    ids = Counter(tag["id"] for tag in document.find_all(id=True))
    assert [name for name, count in ids.items() if count > 1] == []
    named = [tag["href"][1:] for tag in document.find_all(href=re.compile("^#"))]
    for attribute in REFERENCES:
        for tag in document.find_all(attrs={attribute: True}):
            value = tag[attribute]
            named += value if isinstance(value, list) else value.split()
    assert [name for name in named if name not in ids] == []


def test_tables_have_headers(document: BeautifulSoup) -> None:
    """A table has a caption or a name, every header cell its scope, and every row of its body a header cell."""
    for table in document.find_all("table"):
        assert table.caption or table.find_parent(attrs={"aria-label": True})
        headers = table.find_all("th")
        assert headers
        assert {header.get("scope") for header in headers} <= {"col", "row", "colgroup", "rowgroup"}
        assert all(row.find("th") for body in table.find_all("tbody") for row in body.find_all("tr"))


def test_charts_have_words_and_data(document: BeautifulSoup) -> None:
    """A chart is an image with a name and a description, under a caption, with its figures in a table, folded below or plain."""
    for figure in document.find_all("figure"):
        image = figure.svg
        assert image["role"] == "img"
        assert image.title.get_text(strip=True)
        assert len(image.desc.get_text(strip=True)) >= 10
        assert figure.figcaption.get_text(strip=True).startswith("图 ")
        words = figure.get_text()
        if "图中数据见下表" in words:
            data = figure.find_next_sibling().table
        elif "图中数据见上表" in words:
            data = figure.find_all_previous("table")[0]
        else:
            data = figure.details.table
        assert data.find_all("td")
