"""The Word file in a word processor."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import lacking

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def writer(libreoffice: Path) -> Path:
    """A LibreOffice that opens texts, not only sheets."""
    if not (libreoffice.resolve().parent / "libswlo.so").exists():
        lacking("LibreOffice has no Writer: install the package libreoffice-writer-nogui (Debian)")
    return libreoffice


def test_a_word_processor_numbers_and_prints_it(
    writer: Path, pdftotext: Path, reported: bytes, tmp_path: Path
) -> None:
    """Headings are numbered by their styles, captions by fields, pages as — 1 —; no page is empty."""
    path = tmp_path / "report.docx"
    path.write_bytes(reported)
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [writer, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(command, check=True, capture_output=True, timeout=150)
    text = subprocess.run(
        [pdftotext, "-layout", tmp_path / "report.pdf", "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = [re.sub(r"\s+", " ", page).strip() for page in text.split("\f")[:-1]]
    assert 12 <= len(pages) <= 20
    assert all(len(page) > 20 for page in pages)
    numbers = [re.findall(r"—\s?(\d+)\s?—", page) for page in pages]
    body = numbers.index(["1"])
    assert numbers == [[]] * body + [[str(n)] for n in range(1, len(pages) - body + 1)]
    whole = re.sub(r"\s", "", "".join(pages[body:]))
    for shown in (
        "一、项目基本情况",
        "（二）项目预算安排和支出情况",
        "1.除上级补助外",
        "表1资金来源与使用情况表",
        "附件1附表",
    ):
        assert shown in whole
