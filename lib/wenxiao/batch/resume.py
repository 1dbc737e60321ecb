"""Which runs are due, and why: an unchanged report is not made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.batch.manifest import read_manifests
from wenxiao.batch.run import Run


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a run is due, the reason in words, and the key of what it would be made from.

    The key is a text: equal texts, equal inputs. It goes into the manifest.
    """

    run: Run
    due: bool
    reason: str
    key: str


def decisions(runs: Sequence[Run], *, force: bool = False) -> tuple[Decision, ...]:
    """A decision for each run, in order; `force` makes all of them due."""
    manifests = read_manifests(run.place for run in runs)
    return tuple(
        Decision(
            run,
            True,
            "要求全部重做" if force else "从未生成" if run.place not in manifests else "尚不能比较",
            "",
        )
        for run in runs
    )
