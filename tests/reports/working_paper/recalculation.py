"""Recalculates workbooks with LibreOffice, after every value kept beside a formula was replaced by a wrong one."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

POISON = "-987654321"
_FORMULA = re.compile(rb'(<c [^>]*?)(?: t="str")?(>\s*<f>.*?</f>)<v>[^<]*</v>', re.DOTALL)
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""The setting of LibreOffice by which it recalculates a workbook whenever it opens one."""


def poisoned(content: bytes, path: Path) -> int:
    """How many formulas of a workbook got a wrong value; the workbook with them is written to `path`."""
    count = 0
    source = path.with_suffix(".source")
    source.write_bytes(content)
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            data = given.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data, found = _FORMULA.subn(rb"\1\2<v>" + POISON.encode() + b"</v>", data)
                count += found
            made.writestr(name, data)
    source.unlink()
    return count


def recalculated(
    libreoffice: Path, folder: Path, contents: Mapping[str, bytes]
) -> dict[str, tuple[Path, int]]:
    """The workbooks by name, recalculated, each with the number of its formulas; one start of LibreOffice for all."""
    profile, given, made = folder / "profile", folder / "given", folder / "made"
    for each in (profile / "user", given, made):
        each.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    formulas = {name: poisoned(content, given / f"{name}.xlsx") for name, content in contents.items()}
    command = [
        str(libreoffice),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(made),
        *(str(given / f"{name}.xlsx") for name in contents),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (made / f"{name}.xlsx", formulas[name]) for name in contents}
