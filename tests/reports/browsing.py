"""A page opened in a browser as a reader opens it, and what it asked for or complained of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.reports.trial import runs, usual

REPORTS = (
    "index.html",
    *(
        pytest.param(f"{run}/report.html", marks=() if usual(run) else pytest.mark.acceptance)
        for run in runs()
    ),
)
"""Every page of the trial, below its folder of outputs."""

WIDTHS = (360, 768, 1440)
"""A phone, a tablet, a screen."""


@dataclass
class Opened:
    """A page opened from disk without a network, every request and every message of the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def resize(self, width: int) -> None:
        """Gives the window a width."""
        self.page.set_viewport_size({"width": width, "height": 900})

    @property
    def overhang(self) -> int:
        """How many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@contextmanager
def opened(browser: Browser, path: Path, *, width: int = 1440) -> Iterator[Opened]:
    """A page while it is open. A new context each, so that no page knows of another."""
    context = browser.new_context(
        offline=True, locale="zh-CN", viewport={"width": width, "height": 900}, service_workers="block"
    )
    made = Opened(context.new_page())
    made.page.on("request", lambda request: made.requests.append(request.url))
    made.page.on("console", lambda message: made.messages.append(message.text))
    made.page.on("pageerror", lambda error: made.messages.append(str(error)))
    made.page.on("dialog", lambda dialog: made.messages.append(dialog.message))
    made.page.goto(path.as_uri())
    yield made
    context.close()
