"""What a 正式稿 wants before it may be handed over; everything that stands against it is said in one pass."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.evaluation.opinions import open_opinions
from wenxiao.model import Finding, Problem, Severity
from wenxiao.reports.hand_over.delivery import EDITIONS, Delivery
from wenxiao.reports.hand_over.quality import findings_of

FINAL = EDITIONS[-1]


def problems_of(delivery: Delivery) -> tuple[Problem, ...]:
    """What stands against this edition; nothing against a draft.

    A 正式稿 wants every finding of severity 错误 explained, every opinion on the draft decided (and reasoned where it was not
    adopted), and the 主评人 named.
    """
    if delivery.edition != FINAL:
        return ()
    return (*_findings(delivery), *_opinions(delivery), *_people(delivery))


def explained(finding: Finding, delivery: Delivery) -> bool:
    """Whether it is settled: corrected, answered for, or its subject named by 差异说明."""
    words = delivery.project.narrative.section("差异说明")
    return bool(finding.state) or (bool(finding.subject) and finding.subject in words)


def _findings(delivery: Delivery) -> Iterator[Problem]:
    for finding in findings_of(delivery):
        if finding.severity is Severity.ERROR and not explained(finding, delivery):
            yield Problem(
                f"核对出的错误没有说明：{finding.message.rstrip('。')}",
                rule="正式稿不留未说明的错误",
                remedy=f"在 corrections.yaml 中登记更正（已确认），在 answers.yaml 中说明，或在文字材料的“差异说明”中写明“{finding.subject}”的原因",
            )


def _opinions(delivery: Delivery) -> Iterator[Problem]:
    for opinion in open_opinions(delivery.evaluation.opinions):
        decided = opinion.adopted.decided
        yield Problem.at(
            opinion.cell_of("grounds" if decided else "adopted"),
            f"{opinion.name}{'没有写理由' if decided else '还没有决定是否采纳'}",
            value=opinion.adopted_text,
            rule="正式稿的每条意见都有决定，不全部采纳的写明理由",
            remedy="在意见采纳表中补上",
        )


def _people(delivery: Delivery) -> Iterator[Problem]:
    if not delivery.project.fact("lead_evaluator"):
        yield Problem(
            "没有写明主评人",
            rule="正式稿由主评人签字",
            remedy="在项目基本信息中加一行“主评人”",
        )
