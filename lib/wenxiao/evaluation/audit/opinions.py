"""The opinions on a draft: each decided, and reasoned where it is not adopted, before a 正式稿."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.numbering import listed
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.opinions import Adoption
from wenxiao.model import Finding, Severity


def _open(evaluation: Evaluation) -> Iterator[Finding]:
    """Opinions nobody has decided on, whose decision cannot be read, or that were not adopted without a reason."""
    opinions = evaluation.opinions
    for found, code, printed, sentence, remedy in (
        ([o for o in opinions if o.adopted is Adoption.UNDECIDED], "opinion-undecided", "未决定",
         "还没有决定是否采纳，不能出正式稿", "逐条填写采纳、部分采纳或不采纳"),
        ([o for o in opinions if o.adopted is Adoption.UNCLEAR], "opinion-unclear", "写法不明",
         "的“是否采纳”写法不明", "改写为采纳、部分采纳或不采纳"),
        ([o for o in opinions if o.adopted.wants_grounds and not o.grounds], "opinion-without-grounds", "未填",
         "没有全部采纳，没有写明理由，不能出正式稿", "写明不采纳的理由，或修改了哪些"),
    ):  # fmt: skip
        if found:
            yield Finding(
                code,
                Severity.WARNING,
                "意见采纳表",
                f"{listed(opinion.name for opinion in found)}{sentence}。",
                printed=printed,
                recomputed=listed(opinion.name for opinion in found),
                cells=tuple(
                    opinion.cell_of("grounds" if code == "opinion-without-grounds" else "adopted")
                    for opinion in found
                ),
                remedy=remedy,
            )


CHECKS = (
    Check(
        "opinion-undecided",
        "意见的采纳",
        "出正式稿以前，每条意见都决定是否采纳；不采纳、部分采纳的写明理由",
        find=_open,
        also=("opinion-unclear", "opinion-without-grounds"),
    ),
)
