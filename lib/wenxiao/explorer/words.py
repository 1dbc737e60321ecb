"""The analyst's remarks and corrections, written where a report and every later run find them, nothing of others' lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from upath import UPath

from wenxiao.explorer.parameter_set import Draft
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef, Problem, ProjectError, SheetError
from wenxiao.model.written_text import text_of
from wenxiao.project import Correction, Project
from wenxiao.project.corrections import parse_corrections
from wenxiao.project.narrative import COMMENT, SECTIONS, heading_of, headings_in, load_narrative
from wenxiao.project.place import write_whole
from wenxiao.sheets import read_workbook
from wenxiao.sheets.override import say_beside

_HEAD = (
    "# 来源的已知错误：工作簿从不改动，报告把原数与更正数并列。printed 是单元格里的原数，来源变了就会报错。\n"
)
_BOM = "\ufeff"


def save_narrative(folder: Path, drafts: Mapping[str, Draft]) -> dict[str, str]:
    """Writes edited sections to `narrative.md`; returns the file's words of those that somebody else changed meanwhile.

    Only the sections named are touched, and of them only the words: comments, other sections and notes stay. A section whose
    words in the file are neither what the editing began with nor what was typed is not written: heading → words now there.
    """
    path = folder / "narrative.md"
    now = load_narrative(folder)
    others = {
        heading: now.section(heading)
        for heading, draft in drafts.items()
        if now.section(heading) not in (draft.before, draft.typed.strip())
    }
    raw = _raw(path) if path.is_file() else ""
    text = raw.replace("\r\n", "\n")
    for heading, draft in drafts.items():
        if heading not in others:
            text = with_section(text, heading, draft.typed.strip())
    if text != raw.replace("\r\n", "\n"):
        write_whole(UPath(path), (text.replace("\n", "\r\n") if "\r\n" in raw else text).encode())
    return others


def _raw(path: Path) -> str:
    """The text as it stands, with its mark and line ends; one in another encoding than UTF-8 is UTF-8 from now on."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return text_of(path, ProjectError)


def with_section(text: str, heading: str, words: str) -> str:
    r"""A narrative with the words of one section replaced, all else to the letter as it was.

    >>> with_section("给自己的话\n\n## 建议\n<!-- 一条一行 -->\n旧\n\n## 其他\n留着\n", "有关建议", "- 新")
    '给自己的话\n\n## 建议\n<!-- 一条一行 -->\n- 新\n\n## 其他\n留着\n'
    """
    blank = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)  # a heading in a comment is none
    found = headings_in(blank)
    starts = [match.end() for match in found]
    ends = [*(match.start() for match in found[1:]), len(text)]
    own = [i for i, match in enumerate(found) if heading_of(match[3]) == heading]
    if not own:
        if not words:
            return text
        at = _place(heading, [heading_of(match[3]) for match in found])
        before = text[: found[at].start()] if at is not None else text
        after = text[len(before) :]
        lead = f"{before.rstrip()}\n\n" if before.strip(_BOM).strip() else before
        sign = found[0][1] if found else "##"  # the level at which the others stand
        return f"{lead}{sign} {heading}\n\n{words}\n" + (f"\n{after}" if after else "")
    for n, i in reversed(list(enumerate(own))):
        body = _with_words(
            text[starts[i] : ends[i]], blank[starts[i] : ends[i]].strip(), words if n == 0 else ""
        )
        text = text[: starts[i]] + body + text[ends[i] :]
    return text


def _with_words(body: str, before: str, words: str) -> str:
    """What stands under a heading with its words replaced, its comments and blank lines kept."""
    if before and before in body:
        return body.replace(before, words, 1)
    last = max((match.end() for match in COMMENT.finditer(body)), default=0)
    kept, after = body[:last], body[last:]
    if before:  # words between comments: they go, the comments stay
        kept, after = "".join(f"\n{comment}" for comment in COMMENT.findall(body)), "\n\n"
    return f"{kept}\n\n{words}\n" + ("\n" if after.count("\n") > 1 else "") if words else kept + after


def _place(heading: str, headings: list[str]) -> int | None:
    """Before which of the headings a new one stands, in the order of the report; None for the end."""
    order = list(SECTIONS)
    later = set(order[order.index(heading) + 1 :]) if heading in order else set()
    return next((i for i, each in enumerate(headings) if each in later), None)


def add_correction(
    folder: Path, project: Project, cell: CellRef, corrected: str, reason: str, *, sure: bool
) -> Path:
    """The path of `corrections.yaml`, now with one more entry: the cell, what it prints, what is right, and why.

    Raises ProjectError for a cell of no table, a reason that is missing, a cell that the file corrects already, and a file
    that cannot be read or would no longer be.
    """
    path = folder / "corrections.yaml"
    before = path.read_bytes().decode("utf-8") if path.is_file() else _HEAD
    known = parse_corrections(before, path.name)
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
    where = (cell.file, cell.sheet, cell.address)
    there = next((each for each in known if (each.file, each.sheet, each.cell.upper()) == where), None)
    if there is not None:
        problems.append(
            Problem.at(
                cell,
                "这个单元格已有更正",
                value=f"更正为 {there.corrected}，{there.reason}",
                remedy="在 corrections.yaml 中改动原来的一条",
            )
        )
    if problems or table is None:
        raise ProjectError(problems)
    raw = table.raw_at(cell)
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
    # Appended as text: comments and the order of what is there are the analyst's.
    text = yaml.safe_dump([entry.model_dump()], allow_unicode=True, sort_keys=False)
    after = before.replace("\n[]", "").rstrip() + "\n" + text
    if parse_corrections(after, path.name) != (*known, entry):
        raise ProjectError(
            Problem("更正清单写在一行之内，不能接着写", file=path.name, remedy="改成一条一段，每段以“- ”开头")
        )
    write_whole(UPath(path), after.encode())
    return path


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
