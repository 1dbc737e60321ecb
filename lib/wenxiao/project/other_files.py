"""Files of a project's folder that are no workbook: forms in Word, in .et and in archives are read, others are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wenxiao.model import Finding, Problem, Severity, SheetError
from wenxiao.project.archive import members
from wenxiao.project.project_folder import READ_BESIDE, SUFFIXES
from wenxiao.sheets import Reading, read_bytes, read_workbook

if TYPE_CHECKING:
    from wenxiao.fields import Registry

_TABLES = (*SUFFIXES, ".et")
_REMEDIES = {
    ".wps": "用 WPS 打开，另存为 .docx 后放入",
    ".doc": "用 Word 或 WPS 打开，另存为 .docx 后放入",
    ".ofd": "向报送单位索取 Excel 或 Word 原件；只有版式文件的，把表中的数录入样表",
    ".pdf": "向报送单位索取 Excel 或 Word 原件；扫描件把表中的数录入样表",
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".gif", ".webp", ".heic"),
        "图片中的数不读取：向报送单位索取电子表格，或把表中的数录入样表",
    ),
    **dict.fromkeys((".rar", ".7z", ".gz"), "解压后把其中的表格放入，或改存为 .zip"),
    ".et": "用 WPS 打开，另存为 .xlsx 后放入",
}
_OTHERWISE = "另存为 xlsx 或 csv 后放入，或移出项目文件夹"


def others_read(
    paths: tuple[Path, ...], registry: Registry
) -> tuple[list[Reading], list[Problem], list[Finding]]:
    """The readings of forms among files that are no workbooks, what could not be read, and the files that are only named."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    findings: list[Finding] = []
    for path in paths:
        suffix = path.suffix.lower()
        found: list[Reading] = []
        if suffix == ".zip":
            found, faults, named = _archive(path, registry)
            problems += faults
            findings += named
        elif suffix in READ_BESIDE:
            try:
                reading = read_workbook(path, registry, name=path.name)
                found = _kept(reading)
            except SheetError as error:
                findings.append(_named(path.name, suffix, "；".join(each.what for each in error.problems)))
                continue
        readings += found
        if not found and suffix != ".zip":
            findings.append(_named(path.name, suffix))
    return readings, problems, findings


def _kept(reading: Reading) -> list[Reading]:
    """A document counts where it holds a form: the tables of a report's text are none of the project's."""
    if reading.file.lower().endswith(".docx"):
        tables = tuple(table for table in reading.tables if table.form is not None)
        cells = {(table.origin.file, table.origin.sheet) for table in tables}
        findings = tuple(
            f for f in reading.findings if f.cells and (f.cells[0].file, f.cells[0].sheet) in cells
        )
        return [replace(reading, tables=tables, findings=findings)] if tables else []
    return [reading]


def _archive(path: Path, registry: Registry) -> tuple[list[Reading], list[Problem], list[Finding]]:
    """The readings of the members of an archive, by their names in it."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    findings: list[Finding] = []
    try:
        for name, content, problem in members(path.read_bytes(), path.name):
            suffix = PurePosixPath(name).suffix.lower()
            if problem is not None:
                findings.append(_named(name, suffix, problem.what))
            elif suffix not in (*_TABLES, ".docx"):
                findings.append(_named(name, suffix))
            else:
                try:
                    found = _kept(read_bytes(content, registry, name=name))
                except SheetError as error:
                    problems += error.problems
                    continue
                readings += found
                findings += [] if found else [_named(name, suffix)]
    except (SheetError, OSError) as error:
        said = (
            "；".join(each.what for each in error.problems) if isinstance(error, SheetError) else str(error)
        )
        return [], [], [_named(path.name, ".zip", said)]
    return readings, problems, findings


def _named(name: str, suffix: str, why: str = "") -> Finding:
    said = why or f"不是能读取的表格（{suffix or '没有后缀'}）"
    return Finding(
        "file-not-read",
        Severity.HINT,
        name,
        f"{name} {said}，其中的数没有进入评价。",
        remedy=_REMEDIES.get(suffix, _OTHERWISE),
    )
