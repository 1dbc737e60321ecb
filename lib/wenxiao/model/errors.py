"""What cannot be read or run. Differences in the data are findings, not errors.

    WenxiaoError
    ├── SheetError        a file or sheet that cannot be read
    ├── ProjectError      a workspace, project folder, corrections or narrative that cannot be used
    ├── ParameterError    parameters that are unknown, mistyped or point nowhere
    ├── ProfileError      rules of evaluation that contradict themselves or name unknown things
    └── RunError          a notebook run that failed, with its cell and cause

Each carries every problem found in one pass as `problems`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wenxiao.model.cells import CellRef


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in the parts a reader needs: what, where, the rule, the value found, what to do.

    >>> print(Problem("金额不是数字", file="资金.xlsx", sheet="资金", cell="C5", value="待定", remedy="填写数字"))
    资金.xlsx［资金］C5：金额不是数字（现为“待定”）。处理：填写数字。
    """

    what: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""
    rule: str = ""
    remedy: str = ""

    @classmethod
    def at(
        cls, cell: CellRef, what: str, *, column: str = "", value: str = "", rule: str = "", remedy: str = ""
    ) -> Problem:
        """The problem of one cell."""
        return cls(what, cell.file, cell.sheet, cell.address, column, value, rule, remedy)

    @property
    def where(self) -> str:
        """File, sheet, cell and column as one phrase; empty where none is known.

        >>> Problem("", file="national.yaml", cell="第 3 行").where
        'national.yaml 第 3 行'
        """
        sheet = f"［{self.sheet}］" if self.sheet else ""
        column = f"（{self.column}列）" if self.column else ""
        gap = " " if self.file and self.cell and not sheet else ""
        return f"{self.file}{sheet}{gap}{self.cell}{column}"

    def __str__(self) -> str:
        start = f"{self.where}：" if self.where else ""
        value = f"（现为“{self.value}”）" if self.value else ""
        rule = f"规则：{self.rule}。" if self.rule else ""
        remedy = f"处理：{self.remedy}。" if self.remedy else ""
        return f"{start}{self.what}{value}。{rule}{remedy}"


class WenxiaoError(Exception):
    """The root of the tree; `problems` holds all that was found in one pass."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[WenxiaoError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class SheetError(WenxiaoError):
    """A file or sheet that cannot be read."""


class ProjectError(WenxiaoError):
    """A workspace, project folder, corrections or narrative that cannot be used."""


class ParameterError(WenxiaoError):
    """Parameters that are unknown, mistyped or point nowhere."""


class ProfileError(WenxiaoError):
    """Rules of evaluation that contradict themselves or name unknown things."""


class RunError(WenxiaoError):
    """A notebook run that failed."""
