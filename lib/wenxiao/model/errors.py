"""What cannot be read or run. Differences in the data are findings, not errors.

    WenxiaoError
    ├── SheetError        a file or sheet that cannot be read
    ├── ProjectError      a workspace, project folder, corrections or narrative that cannot be used
    ├── ParameterError    parameters that are unknown, mistyped or point nowhere
    ├── ProfileError      rules of evaluation that contradict themselves or name unknown things
    ├── OutputError       outputs that cannot be written
    └── RunError          a notebook run that failed, with its cell and cause

Each carries every problem found in one pass as `problems`.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass

from wenxiao.model.cells import CellRef

_NOT_WRITABLE = frozenset(
    getattr(errno, name)
    for name in (
        "ENOSPC",
        "EDQUOT",
        "EROFS",
        "EACCES",
        "EPERM",
        "EFBIG",
        "EIO",
        "ENAMETOOLONG",
        "EISDIR",
        "ENOTDIR",
        # of a store at an address
        "EREMOTEIO",
        "EBUSY",
        "ETIMEDOUT",
        "ECONNREFUSED",
        "ECONNRESET",
        "EHOSTUNREACH",
        "ENETUNREACH",
    )
    if hasattr(errno, name)
)


def is_unwritable(error: BaseException) -> bool:
    """Whether an error of the system, or of a store, means that it cannot be written there.

    >>> is_unwritable(OSError(errno.ENOSPC, "")), is_unwritable(PermissionError("AccessDenied")), is_unwritable(KeyError())
    (True, True, False)
    """
    return isinstance(error, OSError) and (
        error.errno in _NOT_WRITABLE or isinstance(error, PermissionError | ConnectionError | TimeoutError)
    )


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
    """The root of the tree; `problems` holds all that was found in one pass.

    >>> try:
    ...     raise ProjectError([Problem("没有表格", file="甲县"), Problem("没有这个文件夹", file="乙县")])
    ... except WenxiaoError as error:
    ...     print(len(error.problems), error.problems[0].file)
    2 甲县
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[WenxiaoError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class SheetError(WenxiaoError):
    """A file or sheet that cannot be read.

    >>> import pandas as pd, wenxiao as wx
    >>> wx.read({"空表": pd.DataFrame()})
    Traceback (most recent call last):
    wenxiao.model.errors.SheetError: DataFrame［空表］：数据框没有列。处理：检查数据框的来源。
    """


class ProjectError(WenxiaoError):
    """A workspace, project folder, corrections or narrative that cannot be used.

    >>> import wenxiao as wx
    >>> wx.load_project("没有这个项目")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    wenxiao.model.errors.ProjectError: 没有这个项目文件夹（现为“没有这个项目”）。规则：...
    """


class ParameterError(WenxiaoError):
    """Parameters that are unknown, mistyped or point nowhere.

    >>> from wenxiao.project import Workspace
    >>> from wenxiao.project.parameters import ProjectReport, check_parameters
    >>> check_parameters(ProjectReport, {"project": "data/没有"}, Workspace.find())  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    wenxiao.model.errors.ParameterError: project 所指的项目文件夹不存在（现为“data/没有”）。规则：可用的有 ...
    """


class ProfileError(WenxiaoError):
    """Rules of evaluation that contradict themselves or name unknown things.

    >>> import wenxiao as wx
    >>> wx.load_profile("nationale")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    wenxiao.model.errors.ProfileError: 没有这套评价规则（现为“nationale”）。规则：可用的有 ...处理：是否为“national”。
    """


class OutputError(WenxiaoError):
    """Outputs that cannot be written: a full disk, no permission, a file in the way that is not the program's.

    >>> OutputError(Problem("磁盘已满", file="outputs")).problems[0].file
    'outputs'
    """


class RunError(WenxiaoError):
    """A notebook run that failed, with the cell and the cause.

    >>> RunError(Problem("第 3 格出错", file="project_report/甲县", remedy="改正后重新运行")).problems[0].remedy
    '改正后重新运行'
    """


def nearest(word: str, known: Iterable[str]) -> str:
    """The name most like `word`, or '' where none is.

    >>> nearest("罗庄", ["兰山区", "罗庄区"]), nearest("x", ["兰山区"])
    ('罗庄区', '')
    """
    from rapidfuzz import process  # noqa: PLC0415 - where something is wrong

    found = process.extractOne(word, list(known), score_cutoff=50)
    return found[0] if found else ""
