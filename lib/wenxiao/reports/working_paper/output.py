"""The working paper as the value of a cell, lifted from there into `working-paper.xlsx`."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.audience import audience_of
from wenxiao.model import Problem, RunError
from wenxiao.reports.records import WORKING_PAPER_TYPE

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class WorkingPaper:
    """A workbook as the value of a cell: shown as one line of text, kept as data. No page shows it.

    In JupyterLab `save` writes it beside the notebook.
    """

    content: bytes
    sheets: int

    def save(self, path: Path | str) -> Path:
        """Where the workbook lies now: at `path`, whole."""
        target = Path(path)
        target.write_bytes(self.content)
        return target

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        del include, exclude
        return {WORKING_PAPER_TYPE: b64encode(self.content).decode("ascii"), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"工作底稿：{self.sheets} 张表"


def working_paper(
    evaluation: Evaluation | Iterable[Evaluation],
    district: str = "",
    *,
    audience: str = "internal",
    consent: bool = False,
    edition: str = "",
) -> WorkingPaper:
    """The working paper of an evaluation, of one of its districts, or of several evaluations.

    `audience` is `internal` or `release`; an edition for release leaves out findings and corrections and, of a paper on one
    district, the other districts unless they `consent`. Raises ProjectError for a district the project does not have.
    """
    # A notebook that only wants results need not load the writer.
    from wenxiao.reports.working_paper.paper import content_of  # noqa: PLC0415

    evaluations = [evaluation] if isinstance(evaluation, Evaluation) else list(evaluation)
    if not evaluations:
        raise RunError(Problem("没有可写入工作底稿的评价", rule="至少一个项目", remedy="检查 projects 参数"))
    readers = audience_of(evaluations, audience, district, consent)
    return WorkingPaper(*content_of(evaluations, district, readers, edition))


def lift_working_paper(notebook: NotebookNode) -> bytes | None:
    """The working paper an executed notebook holds, taken out of it; None where it has none.

    The output goes from the notebook: nobody wants a workbook inside a text file twice. Raises RunError for several.
    """
    found: list[str] = []
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        found += [o.data[WORKING_PAPER_TYPE] for o in outputs if WORKING_PAPER_TYPE in o.get("data", {})]
        if found:
            kept = [o for o in outputs if WORKING_PAPER_TYPE not in o.get("data", {})]
            if len(kept) < len(outputs):
                cell.outputs = kept
    if len(found) > 1:
        rule, remedy = "一个笔记本至多一份", "只在一个单元写 working_paper(…)"
        raise RunError(Problem("工作底稿不止一份", value=f"{len(found)} 份", rule=rule, remedy=remedy))
    return b64decode(found[0]) if found else None
