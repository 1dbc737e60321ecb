"""What every test may ask for: the checkout, and the parts of the machine that are optional."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from playwright.sync_api import Page, sync_playwright

# Set before anything imports pyplot, and inherited by the kernels that tests start.
os.environ["MPLBACKEND"] = "Agg"
# Commands are English on any machine, but where a test asks for Chinese.
os.environ["WENXIAO_LANG"] = os.environ["LANGUAGE"] = "en"

# Shared machines stall; and the same commit gives the same examples, so that a failure can be repeated.
settings.register_profile("wenxiao", deadline=None, derandomize=True)
settings.load_profile("wenxiao")

ROOT = Path(__file__).resolve().parents[1]


def lacking(reason: str) -> NoReturn:
    """Nothing: the test is skipped because a part is not there, or fails where all parts are required."""
    if os.environ.get("WENXIAO_REQUIRE_ALL") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def optional_command(names: tuple[str, ...], remedy: str) -> Path:
    """The path of the first command found; else the test is skipped, or fails where all parts are required."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        lacking(f"{names[0]} is not on this machine: {remedy}")
    return Path(found)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of the tests' own, for child processes too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WENXIAO_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands and what they print are Chinese in this test."""
    monkeypatch.setenv("WENXIAO_LANG", "zh")
    monkeypatch.setenv("LANGUAGE", "zh")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of this checkout, with its data, parameters and notebooks; not to be written to."""
    return ROOT


@pytest.fixture
def workspace_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of an empty workspace, found by WENXIAO_ROOT; the test fills it."""
    for folder in ("data", "parameters", "notebooks", "outputs"):
        (tmp_path / folder).mkdir()
    monkeypatch.setenv("WENXIAO_ROOT", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of a Chromium: the system's own, since playwright's is a download."""
    return optional_command(
        ("chromium", "chromium-browser", "google-chrome"),
        "install the packages chromium, fonts-noto-cjk and libatomic1 (Debian)",
    )


@pytest.fixture(scope="session")
def pdftotext() -> Path:
    """The path of poppler's pdftotext, which reads printed pages."""
    return optional_command(("pdftotext",), "install the package poppler-utils (Debian)")


@pytest.fixture
def page(chromium: Path) -> Iterator[Page]:
    """An empty page of a headless browser without a network; `page.goto(path.as_uri())` opens a report."""
    # A browser for each test: while playwright runs, its event loop would be in the way of nbclient's.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_context(offline=True, locale="zh-CN").new_page()
        browser.close()


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    """The path of a headless LibreOffice, which opens and recalculates workbooks."""
    return optional_command(("soffice", "libreoffice"), "install the package libreoffice-calc-nogui (Debian)")


@pytest.fixture(scope="session")
def git() -> Path:
    """The path of git, in a checkout that git knows."""
    command = optional_command(("git",), "install the package git")
    if not (ROOT / ".git").exists():
        lacking("this is not a git checkout")
    return command
