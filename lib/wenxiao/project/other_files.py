"""Files of a project's folder that are no workbook: forms in Word, in .et and in archives are read, others are named."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from wenxiao.model import Finding, Problem, Severity, SheetError
from wenxiao.project.project_folder import READ_BESIDE, SUFFIXES
from wenxiao.sheets import Reading, read_bytes, read_workbook

if TYPE_CHECKING:
    from wenxiao.fields import Registry

_TABLES = (*SUFFIXES, ".et")
_MOST_MEMBERS = 500
_MOST_BYTES = 256 << 20
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
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > _MOST_MEMBERS or sum(each.file_size for each in members) > _MOST_BYTES:
                return [], [], [_named(path.name, ".zip", "压缩包大得反常，没有打开")]
            for member in sorted(members, key=_member_name):
                name = _member_name(member)
                suffix = PurePosixPath(name).suffix.lower()
                if PurePosixPath(name).name.startswith((".", "~$")) or "__MACOSX" in name:
                    continue
                shown = f"{path.name}/{name}"
                if suffix not in (*_TABLES, ".docx"):
                    findings.append(_named(shown, suffix))
                    continue
                try:
                    found = _kept(read_bytes(archive.read(member), registry, name=shown))
                except SheetError as error:
                    problems += error.problems
                    continue
                readings += found
                findings += [] if found else [_named(shown, suffix)]
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        RuntimeError,
        NotImplementedError,
        io.UnsupportedOperation,
    ) as error:
        return [], [], [_named(path.name, ".zip", f"压缩包打不开（{error}）")]
    return readings, problems, findings


def _member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member; one written without the mark of UTF-8 is in the code of a Chinese Windows."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _named(name: str, suffix: str, why: str = "") -> Finding:
    said = why or f"不是能读取的表格（{suffix or '没有后缀'}）"
    return Finding(
        "file-not-read",
        Severity.HINT,
        name,
        f"{name} {said}，其中的数没有进入评价。",
        remedy=_REMEDIES.get(suffix, _OTHERWISE),
    )
