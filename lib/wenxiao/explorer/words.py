"""The analyst's remarks and corrections, written where a report and every later run find them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from upath import UPath

from wenxiao.model import CellRef, Problem, ProjectError
from wenxiao.project import Correction, Project
from wenxiao.project.narrative import SECTIONS, load_narrative
from wenxiao.project.place import write_whole

_HEAD = (
    "# 来源的已知错误：工作簿从不改动，报告把原数与更正数并列。printed 是单元格里的原数，来源变了就会报错。\n"
)


def save_narrative(folder: Path, sections: Mapping[str, str]) -> Path:
    """The path of `narrative.md`, now with these words by section; sections not named, and notes before the first, stay."""
    path = folder / "narrative.md"
    old = load_narrative(folder)
    words = {**old.sections, **{name: text.strip() for name, text in sections.items()}}
    before = path.read_text(encoding="utf-8-sig").partition("## ")[0] if path.is_file() else ""
    order = [*SECTIONS, *(name for name in words if name not in SECTIONS)]
    parts = [f"## {name}\n\n{words[name]}\n" for name in order if words.get(name)]
    lead = f"{before.strip()}\n\n" if before.strip() else ""
    write_whole(UPath(path), (lead + "\n".join(parts)).encode())
    return path


def add_correction(
    folder: Path, project: Project, cell: CellRef, corrected: str, reason: str, *, sure: bool
) -> Path:
    """The path of `corrections.yaml`, now with one more entry: the cell, what it prints, what is right, and why.

    Raises ProjectError for a cell of no table, a reason that is missing, and a cell that is corrected already.
    """
    table = next(
        (t for t in project.tables if (t.origin.file, t.origin.sheet) == (cell.file, cell.sheet)), None
    )
    problems = []
    if table is None:
        problems.append(
            Problem.at(cell, "这个单元格不在读到的任何一张表里", remedy="核对文件、工作表和单元格")
        )
    if not corrected.strip() or not reason.strip():
        problems.append(Problem.at(cell, "更正要写明更正为多少和原因", remedy="填写两处"))
    if any(entry.ref == cell for entry in project.corrections):
        problems.append(Problem.at(cell, "这个单元格已有更正", remedy="在 corrections.yaml 中改动原来的一条"))
    if problems or table is None:
        raise ProjectError(problems)
    raw = table.raw(cell.row, cell.column)
    column = next(
        (c for c in table.columns if c.position == (cell.row if table.transposed else cell.column)), None
    )
    printed = (
        str(int(raw)) if isinstance(raw, float) and raw.is_integer() else "" if raw is None else str(raw)
    )
    entry = Correction(
        file=cell.file, sheet=cell.sheet, cell=cell.address, field=column.label if column else "",
        printed=printed, corrected=corrected.strip(), reason=reason.strip(), status="已确认" if sure else "待核实",
    )  # fmt: skip
    path = folder / "corrections.yaml"
    before = path.read_text(encoding="utf-8") if path.is_file() else _HEAD
    # Appended as text: comments and the order of what is there are the analyst's.
    kept = before.replace("\n[]", "").rstrip() + "\n"
    text = yaml.safe_dump([entry.model_dump()], allow_unicode=True, sort_keys=False)
    write_whole(UPath(path), (kept + text).encode())
    return path
