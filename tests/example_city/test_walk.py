"""The worked example from the returned forms to the archive, as `make example` and the tutorial walk it."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import nbformat
import openpyxl
import pytest
import yaml
from wenxiao.collect import read_form
from wenxiao.fields import standard_registry

from scripts.example_city.city import LABEL, city
from scripts.example_city.forms import File, Planted
from scripts.example_city.writing import NAME, all_returned
from scripts.returned_forms.law import AGAINST, Listed, Merged, decimal_of, verdicts

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(900)]


@dataclass(frozen=True)
class Walked:
    """A workspace after the walk, and what the commands said."""

    root: Path
    said: str

    @property
    def collect(self) -> Path:
        """What was collected."""
        return self.root / "data" / NAME / "collect"

    @property
    def final(self) -> Path:
        """The final edition."""
        return self.root / "outputs" / "deliver" / NAME / "正式稿"


@pytest.fixture(scope="module")
def walked(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """The walk, once for all tests."""
    root = tmp_path_factory.mktemp("walk") / "示例 city"
    done = subprocess.run(
        [sys.executable, "-m", "scripts.example_city", "walk", str(root)],
        cwd=checkout, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout[-3000:], done.stderr[-3000:])
    return Walked(root, done.stdout)


@pytest.fixture(scope="module")
def truth(checkout: Path) -> tuple[list[File], list[Planted]]:
    """Every number of the returned files, and the planted errors."""
    form = read_form(checkout / "data" / NAME / "collect" / "form.yaml", standard_registry())
    return all_returned(city(), form)


def rows_of(path: Path, sheet: str) -> list[list[str]]:
    """The rows of a sheet as texts."""
    page = openpyxl.load_workbook(path)[sheet]
    return [
        ["" if value is None else str(value) for value in row] for row in page.iter_rows(values_only=True)
    ]


def tidy(walked: Walked) -> list[dict[str, str]]:
    """The merged values."""
    with (walked.collect / "汇总数据.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_who_has_not_returned(walked: Walked) -> None:
    """Eleven of twelve, the twelfth named, in the terminal and in the chase list; scans and locked files are listed."""
    assert "已收 11/12，缺乙亥县" in walked.said
    rows = rows_of(walked.collect / "催报表.xlsx", "催报表")
    assert any("已收 11/12，缺乙亥县" in cell for cell in rows[1])
    unread = rows_of(walked.collect / "未读清单.xlsx", "未读清单")
    reasons = {
        cell: row for row in unread for cell in row if cell.startswith(("甲戌县盖章", "癸酉县填报表（加密）"))
    }
    assert any("待录入" in cell for cell in reasons["甲戌县盖章扫描件.pdf"])
    assert any("加密" in cell for cell in reasons["癸酉县填报表（加密）.xlsx"])


def test_versions_are_kept_and_compared(walked: Walked) -> None:
    """The county that sent twice has both versions; what changed is shown cell by cell, and the later one counts."""
    register = yaml.safe_load((walked.collect / "register.yaml").read_text(encoding="utf-8"))
    versions = [each for each in register["files"] if each.get("county") == "己巳县"]
    assert [each["version"] for each in versions] == ["v1", "v2-补报"]
    for each in versions:
        kept = (walked.collect / each["kept"]).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == each["sha256"]
    changes = [row for row in rows_of(walked.collect / "版本比对.xlsx", "版本比对") if row[0] == "己巳县"]
    assert [(row[2], row[3], row[4]) for row in changes] == [
        ("市级资金", "支出数", "改"),
        ("合计", "支出数", "改"),
        ("惠及户数", "完成数", "改"),
        ("改造小区居民", "满意人数", "改"),
        ("改造小区居民", "满意度", "改"),
    ]
    assert all({"v1", "v2-补报"} <= set(row) for row in changes)
    assert {row["版本"] for row in tidy(walked) if row["县区"] == "己巳县"} == {"v2-补报"}


def test_planted_errors_are_found_with_their_cells(
    walked: Walked, truth: tuple[list[File], list[Planted]]
) -> None:
    """Each planted error is a line of 核对 in the chase list with the county's own file, sheet and cell."""
    rows = rows_of(walked.collect / "催报表.xlsx", "核对")
    planted = truth[1]
    assert len(planted) == 3
    for error in planted:
        said = [
            row for row in rows if [error.county, error.file, error.sheet, error.cell] == [row[1], *row[3:6]]
        ]
        assert said, error
    assert {row[1] for row in rows[3:]} == {error.county for error in planted}


def test_merged_figures_are_the_truth(walked: Walked, truth: tuple[list[File], list[Planted]]) -> None:
    """Every number that came back is merged with its cell and its value, or listed with the reason; none is lost or wrong."""
    values = {
        (row["文件"], row["工作表"], row["单元格"]): Merged(
            decimal_of(row["值"]), row["单位"], row["原文"], row["类别"], row["字段名"]
        )
        for row in tidy(walked)
    }
    listed = [
        Listed(row[1], row[3], row[4], row[7])
        for row in rows_of(walked.collect / "未读清单.xlsx", "未读清单")
        if len(row) > 7
    ]
    numbers = [number for file in truth[0] for number in file.written]
    found = verdicts(numbers, values, listed)
    assert [verdict for verdict in found if verdict.outcome in AGAINST] == []
    merged = sum(verdict.outcome == "merged" for verdict in found)
    assert merged > 800


def test_sums_of_the_city_are_the_counties(walked: Walked) -> None:
    """The merged workbook's budget of a county is the sum of what the county means, whatever unit it wrote."""
    rows = rows_of(walked.root / "data" / NAME / "汇总.xlsx", "分县区情况")
    heads = rows[1]
    budget = heads.index("预算数（万元）")
    for county in city():
        row = next(each for each in rows if each[0] == county.name)
        if county.name == "乙亥县":
            assert row[budget] == "未报送"
            continue
        meant = sum(
            (v for r in county.values["funds"] if isinstance(v := r.get("budget"), Decimal)), Decimal(0)
        )
        assert openpyxl.load_workbook(walked.root / "data" / NAME / "汇总.xlsx", data_only=True)[
            "分县区情况"
        ].cell(rows.index(row) + 1, budget + 1).value == pytest.approx(float(meant), abs=1e-9)


def labelled_sheets(path: Path) -> Iterator[tuple[str, bool]]:
    """Each sheet of a workbook, and whether it says 虚构示例 in a cell or at the head of its pages."""
    for sheet in openpyxl.load_workbook(path):
        header = "".join(
            filter(None, (sheet.oddHeader.left.text, sheet.oddHeader.right.text, sheet.oddHeader.center.text))
        )
        cells = (
            str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None
        )
        yield sheet.title, LABEL in header or any(LABEL in cell for cell in cells)


def test_everything_is_labelled(walked: Walked) -> None:
    """虚构示例 stands in every sheet, page, slide and report that the walk makes."""
    lacking = []
    made = [path for path in walked.root.rglob("*") if path.is_file() and "notebooks" not in path.parts]
    for path in made:
        if path.suffix == ".xlsx" and "returned" not in path.parts and "versions" not in path.parts:
            lacking += [f"{path.name}［{name}］" for name, labelled in labelled_sheets(path) if not labelled]
        elif path.name == "report.html" and LABEL not in path.read_text(encoding="utf-8"):
            lacking.append(str(path))
        elif path.suffix in (".pptx", ".docx") and "deliver" in path.parts:
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    if re.fullmatch(r"(ppt/slides/slide\d+|word/document)\.xml", name):
                        text = re.sub(r"<[^>]+>", "", archive.read(name).decode())
                        lacking += [f"{path.name} {name}"] if LABEL not in text else []
    assert lacking == []


def test_the_archive_has_its_three_groups_and_true_hashes(walked: Walked) -> None:
    """归档.zip holds the three groups; its list of hashes is that of its files, none missing."""
    with zipfile.ZipFile(walked.final / "归档.zip") as archive:
        listed = dict(
            reversed(line.split("  ", 1))
            for line in archive.read("清单.sha256").decode().splitlines()
            if line
        )
        groups = {name.split("/")[0] for name in archive.namelist() if "/" in name}
        assert groups == {"基础数据报表", "数据核查确认报告", "工作底稿"}
        for name, digest in listed.items():
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest, name
        assert {name for name in archive.namelist() if "/" in name} == {
            name for name in listed if "/" in name
        }


def test_the_report_opens_in_an_office_program(walked: Walked, libreoffice: Path, tmp_path: Path) -> None:
    """LibreOffice turns the final report into a PDF."""
    profile = (tmp_path / "profile").as_uri()
    report = walked.final / "评价报告.docx"
    subprocess.run(
        [libreoffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, report],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    assert (tmp_path / "评价报告.pdf").read_bytes().startswith(b"%PDF")


def test_the_notes_beside_the_city_are_not_touched(walked: Walked, checkout: Path) -> None:
    """The walk writes to its own workspace: the city's folder in data/ has no file of it."""
    del walked
    folder = checkout / "data" / NAME
    assert {path.name for path in folder.iterdir()} == {"SOURCE.md", "collect", "team"}
    assert {path.name for path in (folder / "collect").iterdir()} == {"form.yaml", "roster.xlsx", "returned"}


def test_reports_of_five_charts_are_small(walked: Walked, tmp_path: Path) -> None:
    """The report of a county and the ranking, a fifth chart put in, fit in 200 KB, as does each report of the city.

    The fifth is the largest there is here: funds by seven sources and six stages, each figure with its derivation.
    """
    root = tmp_path / "five"
    shutil.copytree(walked.root, root, ignore=shutil.ignore_patterns("outputs"))
    for name in ("district_ranking", "district_report"):
        path = root / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        at = next(n for n, cell in enumerate(notebook.cells) if "page.appendix()" in cell.source)
        funds = 'from wenxiao import charts\npage.part("资金", charts.funds_by_source(evaluation.funds))'
        notebook.cells.insert(at, nbformat.v4.new_code_cell(funds))
        nbformat.write(notebook, path)
    parameters = root / "parameters" / "district_report" / f"{NAME}.yaml"
    parameters.write_text(f"project: data/{NAME}\ndistrict: 甲子县\n", encoding="utf-8")
    command = (sys.executable, "-c", "from wenxiao.cli import main; main()")
    made = subprocess.run(
        [*command, "run", "district_ranking", "district_report"],
        cwd=root, env={**os.environ, "WENXIAO_ROOT": str(root)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    pages = {page: page.read_bytes() for page in (root / "outputs").glob("*/*/report.html")}
    assert sorted(page.count(b"<figure") for page in pages.values()) == [5, 5]
    sizes = {page.parent.parent.name: len(content) for page, content in pages.items()}
    assert max(sizes.values()) <= 200_000
    few = [
        page for page in (walked.root / "outputs").glob("*/*/report.html") if page.parts[-3] != "portfolio"
    ]
    assert len(few) == 14
    assert max(page.stat().st_size for page in few) <= 200_000
