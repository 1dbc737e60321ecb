"""A report without a mouse: everything is reached, opened, followed and left with the keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.reports.browsing import opened

REPORT = "project_report/mudan-2023/report.html"
FOCUS = "document.activeElement"


@pytest.fixture
def screen(browser: Browser, trial: Path) -> Iterator[Page]:
    """A report on a screen."""
    with opened(browser, trial / REPORT) as made:
        yield made.page


@pytest.fixture
def phone(browser: Browser, trial: Path) -> Iterator[Page]:
    """A report on a phone with a keyboard."""
    with opened(browser, trial / REPORT, width=360) as made:
        yield made.page


def stops(page: Page, most: int = 600) -> list[str]:
    """What Tab stops at from the top to the end: the name of the element and its first class."""
    found: list[str] = []
    page.evaluate(f"{FOCUS}.blur()")
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(f"{FOCUS} === document.body ? '' : {FOCUS}.tagName + '.' + {FOCUS}.className")
        if not stop:
            return found
        found.append(stop)
    pytest.fail("Tab does not come to an end")


def test_tab_reaches_everything(screen: Page) -> None:
    """Tab goes to the skip link, the contents, every figure, every box that scrolls, every fold, in that order of the page."""
    found = stops(screen)
    assert found[0] == "A.page-skip"
    links = screen.locator(".page-contents a").count()
    assert found[1 : 1 + links] == ["A."] * links
    for selector, stop in (
        ("[popovertarget]", "BUTTON"),
        ("summary", "SUMMARY."),
        (".wx-scroll", "DIV.wx-scroll"),
    ):
        visible = screen.locator(f"{selector}:visible").count()
        assert visible
        assert sum(each.startswith(stop) for each in found) == visible


def test_focus_is_seen(screen: Page) -> None:
    """Whatever has the focus has an outline."""
    for selector in (".page-contents a", "main [popovertarget]", "main .wx-scroll", "main summary"):
        screen.locator(selector).first.focus()
        screen.keyboard.press("Shift+Tab")
        screen.keyboard.press("Tab")
        width, style = screen.evaluate(
            f"[getComputedStyle({FOCUS}).outlineWidth, getComputedStyle({FOCUS}).outlineStyle]"
        )
        assert (width, style) == ("2px", "solid"), selector


def test_skip_link_leads_to_the_text(screen: Page) -> None:
    """The first stop shows itself and goes past the contents: the next stop is in the text."""
    screen.keyboard.press("Tab")
    box = screen.locator(".page-skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    screen.keyboard.press("Enter")
    screen.keyboard.press("Tab")
    assert screen.evaluate(f"document.querySelector('main').contains({FOCUS})")


def test_a_figure_opens_its_line_and_closes(screen: Page) -> None:
    """Enter opens the line of 计算底稿 at the figure, Escape puts it back and gives the focus back."""
    figure = screen.locator("main [popovertarget]").first
    name = figure.get_attribute("popovertarget")
    figure.focus()
    screen.keyboard.press("Enter")
    line = screen.locator(f"tr[id='{name}']")
    assert line.evaluate("row => row.matches(':popover-open')")
    told, own = line.bounding_box(), figure.bounding_box()
    assert told is not None
    assert own is not None
    assert abs(told["y"] - own["y"]) < 450
    assert "3,664.68万元" in line.inner_text()
    assert "C5" in line.inner_text()
    screen.keyboard.press("Escape")
    assert line.evaluate("row => !row.matches(':popover-open')")
    assert line.is_visible()
    assert line.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert screen.evaluate(f"{FOCUS}.getAttribute('popovertarget')") == name


def test_contents_unfold_on_a_phone(phone: Page) -> None:
    """The folded contents open with Enter; what a link leads to comes to stand below them, in sight."""
    summary = phone.locator(".page-folded summary")
    summary.focus()
    phone.keyboard.press("Enter")
    links = phone.locator(".page-folded a:visible")
    assert links.count() > 5
    for at in (3, links.count() - 1):
        links.nth(at).focus()
        phone.keyboard.press("Enter")
        phone.wait_for_timeout(100)
        heading = phone.locator(links.nth(at).get_attribute("href") or "").bounding_box()
        folded = phone.locator(".page-folded").bounding_box()
        assert heading is not None
        assert folded is not None
        assert folded["y"] + folded["height"] <= heading["y"] < 900
    summary.focus()
    phone.keyboard.press("Enter")
    assert links.count() == 0


def test_a_figure_opens_as_wide_as_a_phone(phone: Page) -> None:
    """On a phone what a figure tells opens right by the figure, as wide as the page."""
    figure = phone.locator("main td [popovertarget]:visible").nth(5)
    figure.scroll_into_view_if_needed()
    figure.focus()
    phone.keyboard.press("Enter")
    told, own = phone.locator("[popover]:popover-open").bounding_box(), figure.bounding_box()
    assert told is not None
    assert own is not None
    assert told["width"] == 360
    assert min(abs(told["y"] - own["y"] - own["height"]), abs(own["y"] - told["y"] - told["height"])) < 12
