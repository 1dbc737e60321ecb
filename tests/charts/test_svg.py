"""The SVG of a chart: one inert element, text as text, the same bytes each time, at home on a page with others."""

import re
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from wenxiao import charts
from wenxiao.charts.page import Page, Words
from wenxiao.charts.svg import svg_of

from tests.charts.cases import CASES, FOUR, chart
from tests.charts.made import make_ranking, make_scorecard

HOSTILE = '</svg><script>alert(1)</script>$x_1$&\x00\u202e\ud800 onload="x" \' 县'


@pytest.mark.parametrize(
    "name", ["four score rates", "150 places", "one among four", "grade close above", "two parts"]
)
def test_same_bytes(name: str) -> None:
    """The same values give the same SVG and the same PNG."""
    one, other = (chart.__wrapped__(name) for _ in range(2))
    assert one.svg == other.svg
    assert one.png(96) == other.png(96)


@pytest.mark.parametrize("name", CASES)
def test_one_inert_element(name: str) -> None:
    """An image with a name and a description, scaled by its view box; no prolog, style sheet, script or address."""
    svg = chart(name).svg
    root = ET.fromstring(svg)
    assert svg.startswith("<svg ")
    assert (root.get("role"), root.get("width"), root.get("height")) == ("img", "100%", None)
    ids = (root.get("aria-labelledby") or "").split()
    named = {e.get("id"): e for e in root.iter() if e.get("id")}
    assert [named[i].tag.rpartition("}")[2] for i in ids] == ["title", "desc"]
    assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "text",
    }
    assert re.findall(r"(?:https?:)?//[^\"']*", svg) == ["http://www.w3.org/2000/svg"]


def test_text_is_text() -> None:
    """Labels are text elements in the page's own fonts, not outlines, and not the font that measured them."""
    svg = chart("four score rates").svg
    root = ET.fromstring(svg)
    texts = [e.text for e in root.iter() if e.tag.endswith("}text")]
    assert {"决策", "86.8%", "19.09", "综合 90.0%"} <= set(texts)
    assert "sans-serif" in (root.get("style") or "")
    assert svg.count("font-family") == 1


def test_ids_do_not_meet() -> None:
    """Any number of charts share a page: every id is used and belongs to one picture."""
    drawn = [chart(name).svg for name in CASES]
    ids = [re.findall(r' id="([^"]+)"', svg) for svg in drawn]
    assert all(len(set(each)) == len(each) for each in ids)
    together = [i for each in ids for i in each]
    assert len(set(together)) == len(together)
    for svg, own in zip(drawn, ids, strict=True):
        used = re.findall(r'(?:href="#|url\(#)([^")]+)', svg)
        assert set(used) <= set(own)


def test_hostile_names_stay_text() -> None:
    """Markup, formulas, control and bidirectional characters in a name are text or left out."""
    made = charts.district_ranking(make_ranking({HOSTILE: "91", "县" * 10_000: "80", "乙县": "85"}), HOSTILE)
    assert made is not None
    root = ET.fromstring(made.svg)
    assert not [e for e in root.iter() if e.tag.endswith("script")]
    assert "\u202e" not in made.svg
    assert any("$x_1$" in (e.text or "") for e in root.iter())
    assert len(made.title) < 100
    assert made.png(96).startswith(b"\x89PNG")


def test_few_elements() -> None:
    """What converts a page works tag by tag: shapes of one style are one path, so that 150 rows have few beside texts."""
    svg = chart("losses, 150").svg
    assert svg.count("<path") < 12
    assert svg.count("<g") < 20  # one a style, one a column


def test_a_column_of_texts_is_moved_once() -> None:
    """Texts at one distance from the left stand in a group moved there, each with its height; few stand for themselves."""
    page = Page(200)
    for row in range(5):
        page.text(30, 20 * row, Words(f"甲{row}"))
    page.text(60, 20, Words("乙"))
    svg = svg_of(page, "column", "题", "说明")
    assert '<g transform="translate(30)"><text y="4.8">甲0</text>' in svg
    assert '<text x="60" y="24.8">乙</text>' in svg


def test_a_dot_is_the_end_of_a_line() -> None:
    """A dot without an edge is a line of no length with round ends; one with an edge an arc, so that each lies on the one before."""
    page = Page(50)
    page.dot(10, 20, 8, "#a3b1bf")
    page.dot(10, 20, 8, "#a3b1bf", edge="#ffffff", thick=1)
    svg = svg_of(page, "dots", "题", "说明")
    assert '<path d="M10 20h0" stroke="#a3b1bf" stroke-width="8" stroke-linecap="round"/>' in svg
    assert '<path d="M6 20a4 4 0 1 1 0 .01z" fill="#a3b1bf" stroke="#ffffff"/>' in svg


def test_leaves_no_settings_behind() -> None:
    """Drawing changes nothing in matplotlib's own settings."""
    before = dict(mpl.rcParams)
    made = charts.score_rates(make_scorecard(FOUR))
    assert made is not None
    assert made.svg
    assert made.png(96)
    assert dict(mpl.rcParams) == before


def test_png_carries_its_title() -> None:
    """A PNG is as wide as asked, and higher than the SVG, for it has the title."""
    made = chart("four score rates")
    png = made.png(192)
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    box = ET.fromstring(made.svg).get("viewBox", "").split()
    assert width == (float(box[2]) + 32) * 2
    assert height > (float(box[3]) + 32) * 2
