"""The explorer in a real JupyterLab and in Voilà, as an analyst uses it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.explorer.serving import TOKEN, served, workspace_copy

pytestmark = pytest.mark.acceptance

SLOW = 90_000
SURVEY = "调查对象,有效问卷,满意人数\n居民,100,90\n".encode()
TRIED = re.compile(r"测算：决策由 22 分改为 22\.5 分")
STICKING_OUT = """() => {
    const tabs = document.querySelector('.widget-tab'), right = tabs.getBoundingClientRect().right + 1;
    return [...tabs.querySelectorAll('*')].filter(
        each => each.offsetParent && !each.closest('.wx-scroll') && each.getBoundingClientRect().right > right
    ).map(each => each.className);
}"""
"""What of the explorer reaches over its right edge, tables that scroll by themselves left out."""


@pytest.fixture
def asked() -> list[str]:
    """What a page asked of other machines."""
    return []


@pytest.fixture
def screen(chromium: Path, asked: list[str]) -> Iterator[Page]:
    """A page of a small laptop's size; what it asks of other machines is refused and noted."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(SLOW)
        expect.set_options(timeout=SLOW)
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
                else asked.append(request.url)
            ),
        )
        yield page
        browser.close()


def tab(page: Page, name: str) -> None:
    """Opens a tab of the explorer."""
    page.locator(".widget-tab .lm-TabBar-tab").filter(has_text=name).click()


def one_step(page: Page) -> None:
    """Moves the first slider one step by keyboard."""
    tab(page, "分值测算")
    page.locator(".widget-slider .noUi-handle").first.press("ArrowRight")


def report(page: Page, name: str) -> Locator:
    """The link to the report of the present state, kept under a name and made."""
    tab(page, "报告")
    box = page.get_by_placeholder("如 linyi-测算1")
    box.fill(name)
    box.press("Tab")
    page.get_by_role("button", name="生成报告").click()
    link = page.get_by_role("link", name=re.compile("report.html"))
    expect(link).to_be_visible()
    return link


def run_all(page: Page) -> None:
    """Run all cells by the menu, and wait for the explorer."""
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    begun = page.locator(".jp-InputPrompt").filter(has_text=re.compile(r"\[[1*]\]"))
    for _ in range(5):  # a kernel that is just being connected to loses what it is asked
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        with suppress(PlaywrightTimeout):
            begun.first.wait_for(state="attached", timeout=3000)
            break
    expect(page.locator(".widget-tab .lm-TabBar-tab")).to_have_count(TABS)


TABS = 9


def notebook(page: Page, address: str, name: str) -> None:
    """Opens a notebook in a workspace of its own, as another window of the browser would, and runs all of it."""
    page.goto(f"{address}lab/workspaces/{name}/tree/notebooks/{name}.ipynb")
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
    run_all(page)


@pytest.fixture(scope="module")
def lab(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab below the prefix of a hub, and its workspace, where the explorer's notebook lies twice."""
    home = tmp_path_factory.mktemp("lab")
    root = workspace_copy(checkout, home / "work")
    shutil.copy(root / "notebooks/explore.ipynb", root / "notebooks/second.ipynb")
    with served("lab", root, home, "/user/x/") as address:
        yield address, root


@pytest.mark.timeout(300)
def test_an_analyst_explores_and_reports(screen: Page, asked: list[str], lab: tuple[str, Path]) -> None:
    """Run all, drop a workbook in, move a slider, read the changed ranks, keep the state, make its report, open it."""
    address, root = lab
    notebook(screen, address, "explore")

    tab(screen, "读取")
    with screen.expect_file_chooser() as chooser:
        screen.get_by_role("button", name="放入文件").click()
    chooser.value.set_files({"name": "满意度.csv", "mimeType": "text/csv", "buffer": SURVEY})
    expect(screen.get_by_text("已放入 满意度.csv")).to_be_visible()
    assert (root / "data/linyi-2021/满意度.csv").read_bytes() == SURVEY

    one_step(screen)
    expect(screen.get_by_text(TRIED).first).to_be_visible()
    expect(screen.get_by_text("测算名次").first).to_be_visible()

    link = report(screen, "试算")
    parameters = yaml.safe_load((root / "parameters/project_report/试算.yaml").read_text("utf-8"))
    assert parameters == {"project": "data/linyi-2021", "profile": "试算"}
    with screen.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_text(TRIED).first).to_be_attached()
    assert (root / "outputs/project_report/试算/results.json").is_file()
    assert screen.get_by_text("Would you like to").count() == 0
    assert not asked


@pytest.mark.timeout(300)
def test_keys_windows_and_kernels(screen: Page, lab: tuple[str, Path]) -> None:
    """Keys move tabs and open figures, a narrow window holds all, two notebooks are apart, a restart begins anew."""
    address, _ = lab
    notebook(screen, address, "explore")
    screen.locator(".widget-tab .lm-TabBar-tab").first.focus()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("Enter")
    expect(screen.locator(".widget-tab .lm-TabBar-tab.lm-mod-current")).to_have_text("结论")
    figure = screen.locator(".widget-tab .wx [popovertarget]").first
    figure.focus()
    screen.keyboard.press("Enter")
    expect(screen.locator("[popover]:popover-open")).to_contain_text("＝")
    screen.keyboard.press("Escape")
    expect(screen.locator("[popover]:popover-open")).to_have_count(0)
    expect(figure).to_be_focused()

    for width in (800, 1366):
        screen.set_viewport_size({"width": width, "height": 768})
        for name in ("名次", "评价规则", "文字与更正", "分值测算"):
            tab(screen, name)
            expect(screen.locator(".widget-tab .widget-tab-contents > :visible").first).to_be_visible()
            assert screen.evaluate(STICKING_OUT) == [], (width, name)

    one_step(screen)
    expect(screen.get_by_text(TRIED).first).to_be_visible()
    other = screen.context.new_page()
    notebook(other, address, "second")
    tab(other, "分值测算")
    expect(other.get_by_text("分值未改动").first).to_be_visible()
    other.locator(".widget-slider .noUi-handle").last.press("ArrowRight")
    expect(other.get_by_text(re.compile("测算：.*效益由 15 分改为 15\\.5 分")).first).to_be_visible()
    other.close()
    assert screen.get_by_text(TRIED).count()

    screen.get_by_role("menuitem", name="Kernel", exact=True).click()
    screen.get_by_text("Restart Kernel and Run All Cells").click()
    screen.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(screen.get_by_text("按原评价规则")).to_be_visible()
    one_step(screen)
    expect(screen.get_by_text(TRIED).first).to_be_visible()


@pytest.mark.timeout(300)
def test_voila_shows_the_explorer_without_code(checkout: Path, screen: Page, tmp_path: Path) -> None:
    """Under Voilà the explorer is there at once, no code is, a slider moves the trial, and a report opens."""
    root = workspace_copy(checkout, tmp_path / "work")
    with served("voila", root, tmp_path, "/user/x/") as address:
        screen.goto(address)
        expect(screen.locator("input[type=password]")).to_be_visible()  # without the token it asks for it
        screen.goto(f"{address}?token={TOKEN}")
        expect(screen.locator(".widget-tab .lm-TabBar-tab")).to_have_count(TABS)
        assert screen.get_by_text("from wenxiao.explorer").count() == 0
        one_step(screen)
        expect(screen.get_by_text(TRIED).first).to_be_visible()
        link = report(screen, "试算")
        answer = screen.request.get(urljoin(address, str(link.get_attribute("href"))))
        assert TRIED.search(answer.text())
