"""Why a run failed, in words for those who sent it: from an exception, from a cell, from how a process ended."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wenxiao.batch.run import Failure, Run
from wenxiao.isolation.limits import Limits, shown_duration
from wenxiao.isolation.process import end_of
from wenxiao.model.errors import OutputError, Problem, WenxiaoError, is_unwritable

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

ERROR_MARKER_TAG = "papermill-error-cell-tag"
"""The tag of the cells that papermill adds to mark a failure."""

DIED, OVERDUE, PARENT_DIED = "ProcessDied", "OutOfTimeError", "ParentDied"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a run failed; the fields are those of Failure."""

    name: str
    messages: tuple[str, ...]
    cell: int = 0
    line: str = ""
    traceback: str = ""

    def failure(self, run: Run, secrets: tuple[str, ...] = ()) -> Failure:
        """The failure of a run, without its secrets."""
        from wenxiao.batch.notebook.secrets import without_secrets  # noqa: PLC0415 - which knows runs

        clean = without_secrets((self.messages, self.line, self.traceback), secrets)
        return Failure(run.notebook, run.name, self.name, clean[0], self.cell, clean[1], clean[2])

    def at(self, notebook: NotebookNode | None, index: int) -> Cause:
        """The same, at the cell that stands at `index`."""
        if notebook is None or not 0 <= index < len(notebook.cells):
            return self
        number, line = place(notebook, index)
        return replace(self, cell=number, line=line)


def place(notebook: NotebookNode, index: int) -> tuple[int, str]:
    """The number of the code cell that stands at `index`, and its first line; papermill's marks do not count."""
    original = [cell for cell in notebook.cells if ERROR_MARKER_TAG not in cell.metadata.get("tags", ())]
    lines = [line.strip() for line in original[index].source.splitlines() if line.strip()]
    return sum(cell.cell_type == "code" for cell in original[: index + 1]), lines[0] if lines else ""


def of_cell(notebook: NotebookNode, error: PapermillExecutionError) -> Cause:
    """The cause of an error in a cell, from what the shell said of it; a WenxiaoError keeps its words."""
    ours = {cls.__name__ for cls in WenxiaoError.__subclasses__()}
    message = _KNOWN.get(error.ename)
    if error.ename in ours or error.ename in _IN_WORDS:
        messages = tuple(error.evalue.splitlines())
    elif message:
        messages = (message,)
    else:
        messages = (f"{error.ename}: {error.evalue}".removesuffix(": "),)
    cause = Cause(error.ename, messages, traceback="\n".join(error.traceback))
    return cause.at(notebook, error.cell_index)


_IN_WORDS = (OVERDUE, "OutputLimitError")
"""Errors of our own whose message is a sentence for the reader."""
_KNOWN = {
    "DeadKernelError": "内核意外终止，可能是内存不足",
    "MemoryError": "内存超过每份报告的上限（--memory），或机器的内存不足",
    "SystemExit": "单元自行要求退出（SystemExit）",
    "StdinNotImplementedError": "单元要求输入，批量运行时没有人可以回答（input）",
}


def of_error(error: Exception) -> Cause:
    """The cause of an exception outside any cell."""
    formatted = "".join(traceback.format_exception(error))
    if isinstance(error, OSError) and is_unwritable(error):
        error = OutputError(
            Problem(
                f"报告写不进去：{error.strerror or error}",
                file=str(error.filename or ""),
                remedy="检查磁盘空间和文件夹权限",
            )
        )
    messages: tuple[str, ...] = (f"{type(error).__name__}: {error}",)
    if isinstance(error, WenxiaoError):
        messages = tuple(map(str, error.problems))
    return Cause(type(error).__name__, messages, traceback=formatted)


def of_end(status: int) -> Cause:
    """The cause where a process ended without a word; `status` is its exit code, negative for a signal."""
    return Cause(DIED, (end_of(status, "执行进程", "报告"),))


def of_lateness(limits: Limits) -> Cause:
    """The cause where the time was up."""
    return Cause(OVERDUE, (time_limit_message(limits),))


def time_limit_message(limits: Limits) -> str:
    """The sentence for a report that took too long."""
    return f"超过每份报告的时限 {shown_duration(limits.seconds or 0)}（--timeout），已停止"


LOST_SERVER = Cause(PARENT_DIED, ("执行进程的上级两次意外终止，都在执行这份报告的时候",))
