"""The indicators of a project from its goals to the result: unchanged, raised, lowered, renamed, dropped, added, met.

Documents (申报表, 监控表, 自评表, and a review or an evaluation that lists the same indicators) are matched by the path of levels
and the name. A new name is only proposed, where one indicator is left on either side that it could be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wenxiao.evaluation.rates import changes_of
from wenxiao.evaluation.scoring import ScoreRow, comparable, meets, score_rows
from wenxiao.evaluation.scoring.rows import against_target, is_review
from wenxiao.fields.periods import days_in
from wenxiao.fields.wording import tidy
from wenxiao.model import (
    CellRef,
    Given,
    Measure,
    Table,
)
from wenxiao.project.near_names import near_names
from wenxiao.project.project import Project

STAGES = {"goals": "申报", "monitoring": "监控", "self_evaluation": "自评", "evaluation": "评价"}
"""The documents that list indicators, in the order of the year."""
_BINDING = ("goals", "monitoring", "self_evaluation")
"""Those that list all indicators of a project: what one of them lacks was dropped. An evaluation has indicators of its own."""
_LONG_TERM = ("长期", "中期", "实施期")
SURE = "确定能"


@dataclass(frozen=True, eq=False)
class Stated:
    """An indicator in one document: its row, what was done by then, and how likely the form calls it (完成目标可能性)."""

    stage: str
    row: ScoreRow
    done: Given
    done_text: str
    likely: str = ""

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells of its name and its 指标值."""
        table, record = self.row.table, self.row.record
        levels = [key for key in ("level3", "level2", "level1") if table.text(record, key)]
        found = (table.text_cell(record, key) for key in (*levels[:1], "target"))
        return tuple(cell for cell in found if cell is not None)


@dataclass(frozen=True, eq=False)
class Followed:
    """One indicator through the documents of a project.

    stated    what each document says of it, by stage, in the order of the year
    stages    the stages that the project has documents of
    renamed   whether the names differ and the match is only proposed
    open      the names in the next document that it may have become, where several are possible
    """

    stated: dict[str, Stated]
    stages: tuple[str, ...]
    renamed: bool = False
    open: tuple[str, ...] = ()

    @property
    def first(self) -> Stated:
        """What the first document that has it says."""
        return next(iter(self.stated.values()))

    @property
    def last(self) -> Stated:
        """What the last document that has it says."""
        return list(self.stated.values())[-1]

    @property
    def aim(self) -> Stated:
        """What the last document that is bound to the goals says."""
        return next((self.stated[stage] for stage in reversed(_BINDING) if stage in self.stated), self.last)

    @property
    def name(self) -> str:
        """Its name in the first document."""
        return self.first.row.name

    @cached_property
    def change(self) -> str:
        """What became of it and its 指标值, as one of the words of 变化."""
        binding = [stage for stage in self.stages if stage in _BINDING]
        if self.open:
            return "未能对应"
        if self.renamed:
            return "更名（建议）"
        if binding and binding[-1] not in self.stated and self.first.stage in binding:
            return "删去"
        if binding and self.first.stage != binding[0]:
            return "新增" if self.first.stage in binding else ""
        return change_of(self.first.row, self.aim.row)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """How far its 指标值 moved, in its unit (of rates in points) and as a share of what it was; empty where it did not."""
        before, after = self.first.row.target, comparable(self.aim.row.target, self.first.row.target)
        if self.change not in ("指标值调低", "指标值调高", "指标值改变"):
            return ()
        return changes_of(f"target_change/{self.first.row.key}", self.name, before, after)

    @property
    def met(self) -> bool | None:
        """Whether the result reaches the 指标值 of its own document; None where it cannot be told, or no result is there."""
        return self._reaches(self.last.row)

    @property
    def met_as_declared(self) -> bool | None:
        """Whether the result reaches the 指标值 of the first document; None where it is only proposed that it is the same."""
        return None if self.renamed else self._reaches(self.first.row)

    def _reaches(self, aim: ScoreRow) -> bool | None:
        done = self.last
        if done.stage not in ("self_evaluation", "evaluation") or not done.done_text:
            return None
        days, due = days_in(done.done_text), days_in(aim.target_text)
        if days is not None and due is not None and aim.target.quantity is None:
            return days[0] <= due[1]
        return meets(done.done, aim.target)


def change_of(before: ScoreRow, after: ScoreRow) -> str:
    """How a 指标值 became another: 一致, 指标值调低, 指标值调高, 指标值改变 (of no direction), 单位改变, 指标值未填.

    Of a limit (≤) a higher number asks for less, of a date a later one; numbers are compared in one unit.
    """
    old, new = before.target.quantity, comparable(after.target, before.target).quantity
    if tidy(before.target_text) == tidy(after.target_text):
        return "一致"
    if not after.target_text or not before.target_text:
        return "指标值未填"
    if old is None or after.target.quantity is None:
        return _date_changed(before.target_text, after.target_text)
    if new is None:
        return "单位改变"
    signs = {each.qualifier for each in (old, new)} - {"", "约"}
    ceiling = {each in ("≤", "<") for each in signs}
    if len(ceiling) > 1 or ("=" in signs and len(signs) > 1):
        return "指标值改变"
    if old.value == new.value:
        return "一致"
    if "=" in signs or (
        not signs and any(word in level for level in before.path for word in ("成本", "时效"))
    ):
        return "指标值改变"
    return "指标值调高" if (new.value > old.value) is not (True in ceiling) else "指标值调低"


def _date_changed(before: str, after: str) -> str:
    due, later = days_in(before), days_in(after)
    if due is None or later is None:
        return "指标值改变"
    return "一致" if due == later else "指标值调低" if later[1] > due[1] else "指标值调高"


# --- the documents ----------------------------------------------------------------------------------------------


def followed_indicators(project: Project) -> tuple[Followed, ...]:
    """The indicators of a project through its documents, in the order of the first; empty below two documents."""
    documents = {stage: rows for stage in STAGES if (rows := tuple(_stated(project, stage)))}
    if len(documents) < 2:
        return ()
    chains: list[_Chain] = []
    for stage, rows in documents.items():
        _match(chains, rows, stage)
    return tuple(
        Followed({each.stage: each for each in c.stated}, tuple(documents), c.renamed, tuple(c.open))
        for c in chains
    )


def _stated(project: Project, stage: str) -> Iterator[Stated]:
    """The rows of the document of a stage, of the last where there are several."""
    tables = [
        table
        for table in (*project.of_kind("targets"), *project.of_kind("scorecard"))
        if _stage(table) == stage and not any(word in table.title for word in _LONG_TERM)
    ]
    if stage == "evaluation":
        tables = [table for table in tables if table.has("target") and table.has("actual")][-1:]
    for table in tables:
        for row in score_rows(table):
            yield _in_year(row, stage)


def _stage(table: Table) -> str:
    if table.form is None or is_review(table):
        return "evaluation" if table.kind == "scorecard" else ""
    return table.form.purpose


def _in_year(row: ScoreRow, stage: str) -> Stated:
    if stage != "monitoring":
        return Stated(stage, row, row.actual, row.actual_text)
    table, record = row.table, row.record
    _, done = against_target(table, record, row.name, "actual_to_date", "执行情况")
    ticked = (
        column.path[-1]
        for column in table.columns
        if column.key is None and len(column.path) > 1 and "可能性" in column.path[0] and column.text(record)
    )
    text = table.text(record, "actual_to_date") or (done.text if done.quantity else "")
    return Stated(stage, row, done, text, next(ticked, ""))


# --- which is which ---------------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Chain:
    """An indicator as far as it has been followed."""

    stated: list[Stated]
    renamed: bool = False
    open: list[str] = field(default_factory=list)

    @property
    def last(self) -> Stated:
        return self.stated[-1]


def _match(chains: list[_Chain], rows: Sequence[Stated], stage: str) -> None:
    """Adds the rows of a document to the chains that they go on; what goes on none begins one, but of an evaluation."""
    left = list(rows)
    for key_of in (_path, _name):
        ours, theirs = ([key_of(each) for each in group] for group in ([c.last for c in chains], left))
        for chain, key in zip(tuple(chains), ours, strict=True):
            if ours.count(key) == theirs.count(key) == 1 and chain.last.stage != stage:
                row = next(each for each in left if key_of(each) == key)
                chain.stated.append(row)
                left.remove(row)
        if stage == "evaluation":
            return
    waiting = [chain for chain in chains if chain.last.stage != stage]
    fits = {id(chain): _candidates(chain, left) for chain in waiting}
    for chain in waiting:
        mine = fits[id(chain)]
        rivals = [other for other in waiting if any(row in fits[id(other)] for row in mine)]
        if len(mine) == 1 and len(rivals) == 1:
            chain.stated.append(mine[0])
            chain.renamed = True
            left.remove(mine[0])
        elif mine:
            chain.open = [row.row.name for row in mine]
    chains += [_Chain([row]) for row in left]


def _path(stated: Stated) -> tuple[str, ...]:
    return tuple(tidy(name) for name in stated.row.path)


def _name(stated: Stated) -> tuple[str, ...]:
    return _path(stated)[-1:]


def _candidates(chain: _Chain, rows: Sequence[Stated]) -> list[Stated]:
    """The rows under the same level that it may have become: those of a near name, else those of the same 指标值."""
    old = chain.last
    beside = [each for each in rows if _path(each)[:-1] == _path(old)[:-1]]
    near = [each for each in beside if near_names(*_name(old), *_name(each))]
    return near or [each for each in beside if old.row.target_text and change_of(old.row, each.row) == "一致"]
