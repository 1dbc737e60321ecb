"""The files as another program opens them: LibreOffice prints each, and what is printed is read."""

import subprocess
from pathlib import Path

import pytest
from wenxiao.evaluation import Evaluation
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import drawn, filled
from wenxiao.reports.hand_over.quality import findings_of, quality_sheet
from wenxiao.reports.hand_over.slides import slides
from wenxiao.reports.hand_over.table_book import report_tables

pytestmark = pytest.mark.acceptance


@pytest.fixture(scope="module")
def printed(
    city: Evaluation, libreoffice: Path, pdftotext: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """The pages of each file by its name, printed in one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("printed")
    delivery = Delivery(city)
    made = {
        "表.xlsx": report_tables(delivery),
        "图.pptx": slides(delivery),
        "单.xlsx": quality_sheet(delivery),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    command = [str(libreoffice), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *(str(folder / name) for name in made)]
    subprocess.run(command, check=True, capture_output=True, timeout=170)
    return {name: _pages(pdftotext, (folder / name).with_suffix(".pdf")) for name in made}


def _pages(pdftotext: Path, path: Path) -> list[str]:
    done = subprocess.run([str(pdftotext), "-layout", str(path), "-"], check=True, capture_output=True)
    return done.stdout.decode().split("\f")[:-1]


def test_every_table_is_printed_with_its_caption(city: Evaluation, printed: dict[str, list[str]]) -> None:
    """Captions in order, the edition on every page, the head of a long table on each of its pages."""
    pages = printed["表.xlsx"]
    assert all("内部审核稿" in page for page in pages)
    text = "".join(pages).replace(" ", "")
    for table in filled(Delivery(city)).tables:
        assert table.caption.replace(" ", "").replace("\u3000", "") in text.replace("\u3000", "")
    assert "####" not in text  # a column too narrow for its figures


def test_every_chart_is_a_page_with_its_title(city: Evaluation, printed: dict[str, list[str]]) -> None:
    """A slide a chart, and the figures beside the bars are drawn from the workbook behind it."""
    pages = [page.replace(" ", "").replace("\n", "") for page in printed["图.pptx"]]
    for chart in drawn(Delivery(city))[0]:
        assert any(chart.title.replace(" ", "") in page for page in pages)
    assert "5,200.5" in pages[2]


def test_the_quality_sheet_prints_every_finding(city: Evaluation, printed: dict[str, list[str]]) -> None:
    """Each finding's severity and the columns to fill in are on paper."""
    text = "".join(printed["单.xlsx"])
    assert "责任人" in text
    assert "####" not in text
    for finding in findings_of(Delivery(city)):
        assert finding.severity.label in text
