"""The numbers (编号) of problems, evidence and opinions: each of one thing only; and how a sentence names several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import CellRef, Finding, Severity

NAMED = 6
"""So many are named in a sentence; of more it is said how many there are."""


def listed(names: Iterable[str]) -> str:
    """The first few names, and how many there are."""
    found = list(names)
    return "、".join(found[:NAMED]) + (f"等 {len(found)} 项" if len(found) > NAMED else "")


def _repeated(evaluation: Evaluation) -> Iterator[Finding]:
    """A number that two problems, two pieces of evidence or two opinions of the project bear."""
    for what, numbered in (
        ("问题清单", [(p.number, p.cell_of("number")) for p in evaluation.problems]),
        ("证据清单", [(e.number, e.cell) for e in evaluation.evidence]),
        (
            "意见采纳表",
            [(o.number, o.cell_of("number")) for o in evaluation.opinions if o.table.has("number")],
        ),
    ):
        found: dict[str, list[CellRef]] = defaultdict(list)
        for number, cell in numbered:
            if number:
                found[number].append(cell)
        for number, cells in found.items():
            if len(cells) > 1:
                yield Finding(
                    "number-repeats",
                    Severity.WARNING,
                    f"{what}编号",
                    f"{what}的编号 {number} 用了 {len(cells)} 次（{'、'.join(cell.address for cell in cells)}），引用时分不清是哪一条。",
                    printed=f"{number}×{len(cells)}",
                    recomputed="每个编号一次",
                    cells=tuple(cells),
                    remedy="重编重复的编号，并改正引用它的地方",
                )


CHECKS = (Check("number-repeats", "编号重复", "问题、证据、意见的编号各不重复", find=_repeated),)
