"""What a person says of a sheet, written to the YAML beside the file and kept only where the file can be read with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from upath import UPath

from wenxiao.fields import standard_registry
from wenxiao.model import SheetError
from wenxiao.project.place import write_whole
from wenxiao.sheets import read_workbook
from wenxiao.sheets.override import say_beside


def say_of_table(
    file: Path, sheet: str, table: int, said: Mapping[str, Mapping[str | int, str | None]]
) -> Path:
    """The path of the YAML beside a file, now with more said of one table of a sheet (1 is the first found on it).

    `said` is by `fields` and `units` (column letter → value) and `roles` (row → value); None takes back what was said. All else
    that the YAML says stays, and so do its comments, above. Raises SheetError, with nothing changed, where the file cannot
    be read that way.
    """
    path = file.with_name(file.name + ".yaml")
    before = path.read_bytes() if path.is_file() else None
    document: dict[str, Any] = dict(say_beside(file) or {})
    tables = document.setdefault("sheets", {}).setdefault(sheet, {}).setdefault("tables", [])
    entry = next((each for each in tables if each.get("table") == table), None)
    if entry is None:
        tables.append(entry := {"table": table})
    for kind, places in said.items():
        kept = {**entry.get(kind, {}), **places}
        entry[kind] = {place: value for place, value in kept.items() if value is not None}
    lines = (before or b"").decode("utf-8").splitlines(keepends=True)
    comments = "".join(line for line in lines if line.lstrip().startswith("#"))
    text = comments + yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    write_whole(UPath(path), text.encode())
    try:
        read_workbook(file, standard_registry(), name=file.name)
    except SheetError:
        if before is None:
            path.unlink()
        else:
            write_whole(UPath(path), before)
        raise
    return path
