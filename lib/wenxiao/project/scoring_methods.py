"""Scoring methods as a profile states them: which rule turns an indicator's value into a score, with its parameters.

The rules themselves are in `wenxiao.evaluation.scoring`.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from wenxiao.project.strictness import Exactly, Share, Strict

Of = Literal["actual", "completion"]
"""What a rate is: the 完成值 itself (a 满意度), or 完成值 ÷ 指标值 (a completion rate)."""


class Proportional(Strict):
    """分值 × 完成值 ÷ 指标值, capped at 分值; 10号 第十六条."""

    label: ClassVar[str] = "按比例"
    method: Literal["proportional"]


class Step(Strict):
    """From a rate of `from` on, a share of the 分值."""

    lowest: Exactly = Field(alias="from", ge=0)
    share: Share


class Steps(Strict):
    """Steps of a rate, highest first.

    `finished_within_budget` is the share a finished project gets that spent no more than its budget, whatever the rate
    (101号); with it, a rate above 100% gets the share `over_budget`, or 不适用 where the rules say nothing of it.
    """

    label: ClassVar[str] = "分档"
    method: Literal["step"]
    of: Of = "actual"
    steps: tuple[Step, ...] = Field(min_length=2)
    finished_within_budget: Share | None = None
    over_budget: Share | None = None

    @model_validator(mode="after")
    def _fall(self) -> Steps:
        for upper, lower in pairwise(self.steps):
            if upper.lowest <= lower.lowest:
                raise ValueError(f"各档须由高到低排列，{upper.lowest} 之后是 {lower.lowest}")
            if upper.share < lower.share:
                raise ValueError(f"{upper.lowest} 起的一档得分少于其下的 {lower.lowest} 起的一档")
        if self.steps[-1].lowest != 0:
            raise ValueError("最低一档须从 0 起，否则有的数值没有得分")
        if self.over_budget is not None and self.finished_within_budget is None:
            raise ValueError("over_budget 只用于写了 finished_within_budget 的预算执行率")
        return self


class Gate(Strict):
    """Nothing below `floor`, else (rate − floor) ÷ (1 − floor) × 分值; 101号."""

    label: ClassVar[str] = "门槛"
    method: Literal["gate"]
    of: Of = "completion"
    floor: Exactly = Field(default=Decimal("0.6"), ge=0, lt=1)


class Linear(Strict):
    """Full at 100%, nothing from `floor` down, each point short costs the same share of 分值; a provincial report."""

    label: ClassVar[str] = "线性"
    method: Literal["linear"]
    of: Of = "completion"
    floor: Exactly = Field(default=Decimal("0.8"), ge=0, lt=1)


class Reverse(Strict):
    """Full up to the target, falling to nothing at `zero_at` times the target; a budget-system module (twice)."""

    label: ClassVar[str] = "反向"
    method: Literal["reverse"]
    zero_at: Exactly = Field(default=Decimal(2), gt=1)


class Level(Strict):
    """A level of a qualitative indicator: the words that name it, the shares of 分值 it allows, the one it gets.

    Without `share` the score is a judgement: not computed, but held against the band.
    """

    words: tuple[str, ...] = Field(min_length=1)
    low: Share
    high: Share
    share: Share | None = None

    @model_validator(mode="after")
    def _inside(self) -> Level:
        if self.low > self.high:
            raise ValueError(f"下限 {self.low} 高于上限 {self.high}")
        if self.share is not None and not self.low <= self.share <= self.high:
            raise ValueError(f"share {self.share} 不在 {self.low} 至 {self.high} 之间")
        return self


def _official_levels() -> tuple[Level, ...]:
    return (
        Level(words=("未达成", "未达到", "未完成"), low=Decimal(0), high=Decimal("0.6")),
        Level(
            words=("部分达成", "基本达成", "部分达到", "部分完成"), low=Decimal("0.6"), high=Decimal("0.8")
        ),
        Level(words=("达成", "达到", "全部达成"), low=Decimal("0.8"), high=Decimal(1)),
    )


class Qualitative(Strict):
    """达成 80–100%, 部分达成 60–80%, 未达成 0–60% of 分值; 10号 第十六条. The longest word found in the 完成值 decides."""

    label: ClassVar[str] = "定性分级"
    method: Literal["qualitative"]
    levels: tuple[Level, ...] = Field(default_factory=_official_levels, min_length=2)

    @field_validator("levels")
    @classmethod
    def _once(cls, levels: tuple[Level, ...]) -> tuple[Level, ...]:
        words = [word for level in levels for word in level.words]
        twice = next((word for word in words if words.count(word) > 1), None)
        if twice is not None:
            raise ValueError(f"“{twice}”写在两级里")
        return levels

    def level(self, text: str) -> Level | None:
        """The level that a 完成值 in words names, or None.

        >>> [Qualitative(method="qualitative").level(text).high for text in ("达成预期指标", "部分达成", "未达成")]
        [Decimal('1'), Decimal('0.8'), Decimal('0.6')]
        """
        found = [(len(word), level) for level in self.levels for word in level.words if word in text]
        return max(found, key=lambda pair: pair[0])[1] if found else None


class Likert(Strict):
    """The weighted mean of the answers of a survey × 分值; a provincial report: 100/75/50/25/0."""

    label: ClassVar[str] = "量表"
    method: Literal["likert"]
    weights: tuple[Share, ...] = Field(
        default=(Decimal(1), Decimal("0.75"), Decimal("0.5"), Decimal("0.25"), Decimal(0)), min_length=2
    )

    @field_validator("weights")
    @classmethod
    def _fall(cls, weights: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        if any(a <= b for a, b in pairwise(weights)):
            raise ValueError("量表各级的权重须由高到低")
        return weights


class Deduction(Strict):
    """分值 less `points` for each fault, not below 0; practice. The 完成值 counts the faults."""

    label: ClassVar[str] = "扣分"
    method: Literal["deduction"]
    points: Exactly = Field(gt=0)


Method = Annotated[
    Proportional | Steps | Gate | Linear | Reverse | Qualitative | Likert | Deduction,
    Field(discriminator="method"),
]


class DefaultMethods(Strict):
    """The methods of indicators that no name in `methods` fits: by whether the 指标值 is a number."""

    quantitative: Method | None = None
    qualitative: Method | None = None
