"""Known errors of a source kept as data: what is printed, what is right, why; guarded by the value expected there."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from wenxiao.model import CellRef, Problem, ProjectError, Table
from wenxiao.model.written_text import text_of
from wenxiao.model.yaml_text import load_yaml

CONFIRMED, CORRECTED = "已确认", "已更正"


class Correction(BaseModel):
    """One known error: the cell, what it prints, what is right, the reason. Raw files are never edited.

    One that is 已确认 enters the computation (已更正); one that is 待核实 is a note.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    file: str
    sheet: str
    cell: str
    field: str
    printed: str
    corrected: str
    reason: str
    status: Literal["已确认", "待核实"]

    @property
    def effect(self) -> str:
        """What becomes of it, in the word that reports use."""
        return CORRECTED if self.status == CONFIRMED else "未更正，待核实"

    @property
    def ref(self) -> CellRef:
        """The cell it concerns."""
        return CellRef.at(self.file, self.sheet, self.cell)


_LIST = TypeAdapter(tuple[Correction, ...])


def parse_corrections(text: str, file: str) -> tuple[Correction, ...]:
    """The corrections that the text of a file lists; ProjectError where it is no YAML or an entry is malformed."""
    said = load_yaml(text, ProjectError, file)
    try:
        return _LIST.validate_python(said or ())
    except ValidationError as error:
        raise ProjectError([_malformed(file, item) for item in error.errors()]) from None


def load_corrections(folder: Path, tables: tuple[Table, ...]) -> tuple[Correction, ...]:
    """The corrections of a project folder, each checked against the cell it guards.

    Raises ProjectError with every problem: a malformed entry, a cell that is not in any table, a source that changed.
    """
    path = folder / "corrections.yaml"
    if not path.is_file():
        return ()
    entries = parse_corrections(text_of(path, ProjectError), path.name)
    problems = [problem for entry in entries for problem in _check(entry, tables)]
    if problems:
        raise ProjectError(problems)
    return entries


_WORDS = {"missing": "没有填写", "extra_forbidden": "不是更正清单的项", "literal_error": "不在可选之列"}


def _malformed(file: str, item: ErrorDetails) -> Problem:
    """One malformed entry in Chinese: which entry, which key, what is wrong with it."""
    place, *keys = [*item["loc"], ""]
    entry = f"第 {place + 1} 条" if isinstance(place, int) else ""
    key = str(keys[0])
    what = (
        f"更正清单{entry}的“{key}”{_WORDS.get(item['type'], '写法不对')}"
        if key
        else "更正清单应是一条一条的列表"
    )
    value = "" if isinstance(item["input"], dict | list) else str(item["input"])
    rule = f"每条写明 {'、'.join(Correction.model_fields)}；status 为已确认或待核实"
    return Problem(what, file=file, value=value, rule=rule, remedy="补齐或改正这一项")


def _check(entry: Correction, tables: tuple[Table, ...]) -> list[Problem]:
    rule = "更正只对登记时的原数有效"
    try:
        cell = entry.ref
    except ValueError:
        return [
            Problem(
                "更正的单元格地址有误", file="corrections.yaml", value=entry.cell, remedy="写成 C5 的样子"
            )
        ]
    table = next((t for t in tables if (t.origin.file, t.origin.sheet) == (cell.file, cell.sheet)), None)
    if table is None:
        return [Problem.at(cell, "更正所指的工作表没有读到", rule=rule, remedy="核对文件名和工作表名")]
    found = table.raw(cell.row, cell.column)
    if _same(found, entry.printed):
        return []
    what = f"更正登记的原数是“{entry.printed}”，来源已变"
    shown = str(int(found)) if isinstance(found, float) and found.is_integer() else str(found)
    return [Problem.at(cell, what, value=shown, rule=rule, remedy="核实后改写或删去这条更正")]


def _same(found: object, printed: str) -> bool:
    """Whether the raw cell is what was registered; 0.6389 in a cell and 63.89% in the list are the same figure."""
    if found is None:
        return not printed
    text = str(found).strip()
    if text == printed.strip():
        return True
    if isinstance(found, int | float):
        number = printed.strip().removesuffix("%").replace(",", "")
        try:
            value = float(number) / (100 if printed.strip().endswith("%") else 1)
        except ValueError:
            return False
        return abs(value - float(found)) < 1e-9
    return False
