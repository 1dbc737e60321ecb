"""What `make app` gives out: finished pages below outputs/, and nothing else in any spelling of a path."""

import re
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def allowed(checkout: Path) -> re.Pattern[str]:
    """The paths that Voilà may give out, which it matches whole and in either case."""
    text = (checkout / "Makefile").read_text(encoding="utf-8")
    found = re.search(r"file_allowlist='([^']*)'", text)
    assert found is not None
    return re.compile(found[1], re.IGNORECASE)


@pytest.mark.parametrize("path", ["outputs/index.html", "outputs/project_report/甲县--乙镇/report.html"])
def test_finished_pages_are_given_out(allowed: re.Pattern[str], path: str) -> None:
    """The index and the reports."""
    assert allowed.fullmatch(path)


@pytest.mark.parametrize(
    "path",
    [
        "outputs/../data/x/report.html", "outputs/a/../report.html", "outputs/a/b/../../../report.html",
        "outputs/.wenxiao/staging/report.html", "outputs/.wenxiao/x/report.html", "outputs/..\\data/x/report.html",
        "outputs/a/b\\..\\..\\c/report.html", "outputs//etc/report.html", "/etc/report.html", "outputs/a/b/notes.html",
        "outputs/a/b/report.html/../../../../x", "outputs/a/b/report.ipynb", "data/a/b/report.html", "outputs/a/b/reportxhtml",
    ],
)  # fmt: skip
def test_nothing_else_is(allowed: re.Pattern[str], path: str) -> None:
    """Ways out of the folder, what is being made, other files and other folders."""
    assert not allowed.fullmatch(path)
