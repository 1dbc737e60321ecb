"""Pages in a real browser, without a network: what a reader gets on a phone, a screen and paper."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from nbformat import NotebookNode
from playwright.sync_api import Browser, Page, sync_playwright
from wenxiao.display import style, stylesheet
from wenxiao.evaluation import Evaluation
from wenxiao.reports import results, to_html, write_index, write_json

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (360, 768, 1440)


@dataclass
class Opened:
    """A page opened from disk, and what it asked for or complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for the tests of this file."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, linyi: Evaluation) -> Path:
    """A folder of outputs with an index."""
    folder = tmp_path_factory.mktemp("outputs")
    for district in linyi.project.districts:
        run = folder / "district_report" / f"linyi-2021--{district}"
        run.mkdir(parents=True)
        made = results(linyi, notebook="district_report", parameters={}, district=district)
        write_json(made.results.model_dump(mode="json"), run / "results.json")
    write_index(folder)
    return folder


def _open(browser: Browser, path: Path) -> Opened:
    page = browser.new_context(offline=True, locale="zh-CN").new_page()
    opened = Opened(page)
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("console", lambda message: opened.messages.append(message.text))
    page.on("pageerror", lambda error: opened.messages.append(str(error)))
    page.goto(path.as_uri())
    return opened


@pytest.fixture(params=["report", "index"])
def opened(
    request: pytest.FixtureRequest, browser: Browser, report: NotebookNode, files: Path, tmp_path: Path
) -> Iterator[Opened]:
    """A report, then the index, open in the browser."""
    path = files / "index.html"
    if request.param == "report":
        path = tmp_path / "report.html"
        path.write_text(to_html(report), encoding="utf-8", newline="\n")
    made = _open(browser, path)
    yield made
    made.page.context.close()


def test_page_asks_for_nothing_and_says_nothing(opened: Opened) -> None:
    """Opening a page requests that file and nothing else, and the console stays empty."""
    assert [url for url in opened.requests if not url.startswith("data:")] == [opened.page.url]
    assert opened.messages == []


def test_policy_is_in_force(opened: Opened) -> None:
    """A script put into the page is refused by its Content-Security-Policy."""
    opened.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )
    assert opened.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in message for message in opened.messages)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_sideways_scrolling(opened: Opened, width: int) -> None:
    """On a phone, a tablet and a screen the page is as wide as the window."""
    opened.page.set_viewport_size({"width": width, "height": 900})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_notebooks_rules_lose(browser: Browser) -> None:
    """JupyterLab's rules for lists and tables of an output do not reach ours: the strip keeps its order."""
    lab = (
        ".jp-OutputArea-output dt, .jp-OutputArea-output dd { float: left; width: 20%; font-weight: bold }"
        ":not(.x).jp-RenderedHTMLCommon td { text-align: right }"
        ".jp-RenderedHTMLCommon tbody tr:nth-child(even) { background: red }"
    )
    row = '<tr><td class="wx-w">字</td></tr>'
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


def test_contents_list_changes_with_the_window(opened: Opened) -> None:
    """The list stands beside the text on a wide window and is folded on a narrow one; one is there at a time."""
    for width, beside in ((1440, True), (360, False)):
        opened.page.set_viewport_size({"width": width, "height": 900})
        assert opened.page.locator(".page-contents").is_visible() is beside
        assert opened.page.locator(".page-folded").is_visible() is not beside


def test_no_box_glyphs(opened: Opened) -> None:
    """Every Chinese character of the page has a glyph."""
    # Characters without a glyph all look alike, and those for private use have none.
    boxes = opened.page.evaluate(
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


def test_popover_opens_by_keyboard_and_closes(browser: Browser, report: NotebookNode, tmp_path: Path) -> None:
    """A figure opens its derivation with Enter and closes it with Escape, without a script."""
    path = tmp_path / "report.html"
    path.write_text(to_html(report), encoding="utf-8")
    page = _open(browser, path).page
    page.locator(".wx-fig").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("[popover]:popover-open").inner_text().startswith("甲县")
    page.keyboard.press("Escape")
    assert page.locator("[popover]:popover-open").count() == 0
    page.context.close()


def test_print_is_a4(opened: Opened, tmp_path: Path) -> None:
    """Printed, every sheet is A4, whatever the printer's default."""
    path = tmp_path / "print.pdf"
    opened.page.pdf(path=path, prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", path.read_bytes())
    assert boxes
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {(595, 842)}


def test_print_has_page_numbers_and_no_contents(opened: Opened, tmp_path: Path, pdftotext: Path) -> None:
    """Printed, the sheets are numbered x / y, and the contents list and the popovers stay on the screen."""
    path = tmp_path / "print.pdf"
    opened.page.pdf(path=path, prefer_css_page_size=True)
    text = subprocess.run(
        [pdftotext, "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True
    )
    pages = [page.split() for page in text.stdout.rstrip("\f\n").split("\f")]
    assert [page[-1] for page in pages] == [f"{number}/{len(pages)}" for number in range(1, len(pages) + 1)]
    words = {word for page in pages for word in page}
    assert not {"目录", "跳到正文", "公式"} & words
