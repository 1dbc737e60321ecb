"""The look of the sample, on a screen and on paper, beside pictures of how it should be.

The pictures are small and grey, so that another release of a font passes and a lost rule, column or sheet does not.
After a change that is meant, WENXIAO_DRAW=1 draws them anew; look at them before they are committed.
"""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from nbformat import NotebookNode
from PIL import Image
from playwright.sync_api import Browser
from wenxiao.reports import to_html

from tests.conftest import optional_command
from tests.reports.browsing import WIDTHS, opened

PICTURES = Path(__file__).parent / "pictures"
SCALE = 8
"""So many pixels of a page are one of a picture, both ways."""

MEAN, MOST = 2.2, 45.0
"""How far the greys of a picture (0 to 255) may differ: on average, and anywhere once neighbours are taken together."""


@pytest.fixture(scope="module")
def pdftoppm() -> Path:
    """The path of poppler's pdftoppm, which draws printed pages; it comes with pdftotext."""
    return optional_command(("pdftoppm",), "install the package poppler-utils (Debian)")


def grey(picture: bytes) -> Image.Image:
    """A picture in grey, each pixel the mean of a block."""
    full = Image.open(io.BytesIO(picture)).convert("L")
    return full.resize((full.width // SCALE, full.height // SCALE), Image.Resampling.BOX)


def differences(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """How far two pictures of nearly one size differ, on average and at most in a neighbourhood of 4 × 4."""
    size = (min(one.width, other.width) // 4 * 4, min(one.height, other.height) // 4 * 4)
    first, second = (np.asarray(each.crop((0, 0, *size)), dtype=float) for each in (one, other))
    blocks = [each.reshape(size[1] // 4, 4, size[0] // 4, 4).mean(axis=(1, 3)) for each in (first, second)]
    apart = np.abs(blocks[0] - blocks[1])
    return float(apart.mean()), float(apart.max())


def compare(name: str, found: Image.Image, folder: Path) -> None:
    """Fails where a picture is not as it should be, and says where both lie."""
    kept = PICTURES / f"{name}.png"
    if os.environ.get("WENXIAO_DRAW") == "1":
        found.save(kept, optimize=True)
    found.save(folder / f"{name}.png")
    expected = Image.open(kept)
    told = f"{folder / kept.name} is not as {kept}"
    assert abs(found.height - expected.height) <= max(2, expected.height // 50), told
    mean, most = differences(found, expected)
    assert mean <= MEAN, f"{told}: {mean:.2f} on average"
    assert most <= MOST, f"{told}: {most:.0f} in one place"


@pytest.fixture
def path(report: NotebookNode, tmp_path: Path) -> Path:
    """The page of the sample."""
    path = tmp_path / "report.html"
    path.write_text(to_html(report), encoding="utf-8", newline="\n")
    return path


@pytest.mark.parametrize("width", WIDTHS)
def test_screen(browser: Browser, path: Path, tmp_path: Path, width: int) -> None:
    """The top of the page on a phone, a tablet and a screen."""
    with opened(browser, path, width=width) as made:
        made.page.set_viewport_size({"width": width, "height": 1600})
        compare(f"screen-{width}", grey(made.page.screenshot()), tmp_path)


def test_paper(browser: Browser, path: Path, tmp_path: Path, pdftoppm: Path) -> None:
    """Every printed sheet, and how many there are."""
    with opened(browser, path) as made:
        made.page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    subprocess.run([pdftoppm, "-r", "96", "-png", tmp_path / "print.pdf", tmp_path / "sheet"], check=True)
    sheets = sorted(tmp_path.glob("sheet-*.png"))
    for number, sheet in enumerate(sheets, 1):
        compare(f"sheet-{number}", grey(sheet.read_bytes()), tmp_path)
    assert len(sheets) == len(list(PICTURES.glob("sheet-*.png")))


@pytest.mark.parametrize(
    "spoilt",
    [
        ("thead th{border-top: 2px", "thead th{display: none; border-top: 2px"),
        (
            ".page { display: grid; grid-template-columns: 14rem 46rem",
            ".page { grid-template-columns: 14rem 46rem",
        ),
        ("line-height: 1.75", "line-height: 2.25"),
    ],
)
def test_a_spoilt_page_is_told(browser: Browser, path: Path, spoilt: tuple[str, str]) -> None:
    """A page without heads of tables, without columns or with loose lines is not as the picture is."""
    page = path.read_text(encoding="utf-8")
    assert spoilt[0] in page
    path.write_text(page.replace(*spoilt), encoding="utf-8")
    with opened(browser, path) as made:
        made.page.set_viewport_size({"width": 1440, "height": 1600})
        found = grey(made.page.screenshot())
    mean, most = differences(found, Image.open(PICTURES / "screen-1440.png"))
    assert mean > MEAN or most > MOST
