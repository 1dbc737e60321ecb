"""Every page in a real browser, without a network: what a reader gets on a phone and on a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser
from wenxiao.display import style, stylesheet
from wenxiao.reports import to_html

from tests.reports.browsing import REPORTS, WIDTHS, Opened, opened

INJECTED = {
    "script": "<script>window.ran = 1</script>",
    "handler": '<p onclick="window.ran = 1" id="handler">x</p>',
    "image": '<img src="https://example.org/x.png" alt="">',
    "stylesheet": '<link rel="stylesheet" href="https://example.org/x.css">',
    "frame": '<iframe src="https://example.org/"></iframe>',
    "background": '<p style="background: url(https://example.org/x.png)">x</p>',
    "form": '<form action="https://example.org/"><button id="form">x</button></form>',
    "module": '<script type="module" src="https://example.org/x.js"></script>',
    "font": '<style>@font-face { font-family: x; src: url("https://example.org/x.woff") }</style><p style="font-family: x">x</p>',
}
"""What might get into a page by mistake or malice, past everything that makes it inert."""


@pytest.fixture(scope="module", params=REPORTS)
def every(request: pytest.FixtureRequest, browser: Browser, trial: Path) -> Iterator[Opened]:
    """Each page of the trial in turn."""
    with opened(browser, trial / request.param) as made:
        yield made


@pytest.fixture(params=["report", "index"])
def some(
    request: pytest.FixtureRequest, browser: Browser, report: NotebookNode, trial: Path, tmp_path: Path
) -> Iterator[Opened]:
    """The page of the sample, then the index."""
    path = trial / "index.html"
    if request.param == "report":
        path = tmp_path / "report.html"
        path.write_text(to_html(report), encoding="utf-8", newline="\n")
    with opened(browser, path) as made:
        yield made


def test_page_asks_for_nothing_and_says_nothing(every: Opened) -> None:
    """Opening a page requests that file and nothing else, and the console stays empty."""
    assert [url for url in every.requests if not url.startswith("data:")] == [every.page.url]
    assert every.messages == []


def test_no_sideways_scrolling(every: Opened) -> None:
    """On a phone, a tablet and a screen the page is as wide as the window; wide tables scroll in their own box."""
    overhangs: dict[int, int] = {}
    for width in WIDTHS:
        every.resize(width)
        overhangs[width] = every.overhang
    assert overhangs == dict.fromkeys(WIDTHS, 0)


@pytest.mark.parametrize("kind", ["index.html", "project_report/mudan-2023/report.html"])
def test_policy_is_in_force(browser: Browser, trial: Path, tmp_path: Path, kind: str) -> None:
    """Whatever is put into a page by force does not run, is not fetched, and is reported as refused."""
    path = tmp_path / "doctored.html"
    page = (trial / kind).read_text(encoding="utf-8")
    path.write_text(page.replace("<main", "".join(INJECTED.values()) + "<main", 1), encoding="utf-8")
    with opened(browser, path) as made:
        made.page.evaluate("document.fonts.ready")
        for name in ("handler", "form"):
            made.page.locator(f"#{name}").dispatch_event("click")
        assert made.page.evaluate("window.ran") is None
        assert made.page.url == path.as_uri()
        refusals = (
            "inline event handler",
            "script-src",
            "img-src",
            "style-src",
            "font-src",
            "form-action",
            "frame-src",
        )
        # A form is refused when it is about to be sent, which is later than the click.
        for _ in range(30):
            refused = "\n".join(each for each in made.messages if "Content Security Policy" in each)
            if all(name in refused for name in refusals):
                break
            made.page.wait_for_timeout(100)
        assert not [name for name in refusals if name not in refused], made.messages


def test_a_notebooks_rules_lose(browser: Browser) -> None:
    """JupyterLab's rules for lists and tables of an output do not reach ours: the strip keeps its order."""
    lab = (
        ".jp-OutputArea-output dt, .jp-OutputArea-output dd { float: left; width: 20%; font-weight: bold }"
        ":not(.x).jp-RenderedHTMLCommon td { text-align: right }"
        ".jp-RenderedHTMLCommon tbody tr:nth-child(even) { background: red }"
    )
    row = '<tr><td class="w">字</td></tr>'
    page = browser.new_context(offline=True).new_page()
    page.set_content(
        f"<style>{lab}</style>{style().html}"
        '<div class="jp-RenderedHTMLCommon jp-OutputArea-output"><div class="wx">'
        '<dl class="wx-strip"><div><dt>得分</dt><dd>93</dd></div></dl>'
        f"<table><tbody>{row}{row}</tbody></table></div></div>"
    )
    found = page.evaluate(
        """() => ['dt', 'td', 'tr:last-child'].map((each) => getComputedStyle(document.querySelector(each)))
          .map((style) => [style.float, style.textAlign, style.backgroundColor, style.fontWeight])"""
    )
    clear = "rgba(0, 0, 0, 0)"
    assert found[0] == ["none", "start", clear, "400"]
    assert found[1][1] == "left"
    assert found[2][2] == clear
    page.context.close()


def test_words_of_a_chart_stay_legible_on_a_phone(browser: Browser) -> None:
    """A chart scrolls in its own box before its smallest words fall below 9 px."""
    page = browser.new_context(offline=True, viewport={"width": 360, "height": 800}).new_page()
    page.set_content(
        f'<style>{stylesheet()}</style><body class="wx"><figure class="wx-chart"><div class="wx-scroll">'
        '<svg viewBox="0 0 720 90" width="100%"><text y="50">字</text></svg></div></figure>'
    )
    assert 12 * page.evaluate("document.querySelector('svg').getScreenCTM().a") >= 9
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


@pytest.mark.parametrize("some", ["report"], indirect=True)
def test_contents_list_changes_with_the_window(some: Opened) -> None:
    """The list stands beside the text on a wide window and is folded on a narrow one; one is there at a time."""
    for width, beside in ((1440, True), (360, False)):
        some.page.set_viewport_size({"width": width, "height": 900})
        assert some.page.locator(".page-contents").is_visible() is beside
        assert some.page.locator(".page-folded").is_visible() is not beside


def test_no_box_glyphs(some: Opened) -> None:
    """Every Chinese character of the page has a glyph."""
    # Characters without a glyph all look alike, and those for private use have none.
    boxes = some.page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement('canvas')).getContext('2d');
          probe.font = getComputedStyle(document.body).font;
          const draw = (c) => { probe.canvas.width = probe.canvas.width; probe.font = '24px ' +
            getComputedStyle(document.body).fontFamily; probe.fillText(c, 4, 40);
            return probe.getImageData(0, 0, 60, 60).data.join(); };
          const box = draw('\\uE123');
          const characters = new Set(document.querySelector('main').textContent.match(/[\\u4e00-\\u9fff]/g));
          return [...characters].filter((c) => draw(c) === box);
        }"""
    )
    assert boxes == []
