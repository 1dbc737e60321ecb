"""The rules of a review of self-evaluations: how the forms are drawn for it (抽查), what it takes off for which fault (复核口径)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from wenxiao.project.strictness import Exactly, Share, Strict


class ReviewRule(Strict):
    """What a review takes off for one kind of fault, and how the fault is found in a form or named in a 备注.

    title     what readers see
    takes     the share of the 分值; 0% where it is only to be noted; open where the rule is about the report
    words     what a 备注 says that names the rule; words with a blank between must stand in one clause in that order
    unless    words in the same clause, or in one after it, that take this back (已补充)
    findings  codes of the audit by which a form shows the fault; empty where only a person can tell
    least     how grave such a finding has to be
    under     a word that the indicator or a level above it must have
    later     whether only the second of several such indicators is meant, under another 一级指标 than the first

    >>> ReviewRule(title="没有佐证材料", takes="100%", words=["无佐证"]).takes
    Decimal('1')
    """

    title: str = Field(min_length=1)
    takes: Share | None = None
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    least: Literal["错误", "警示", "提示"] = "提示"
    under: str = ""
    later: bool = False


class SampleRule(Strict):
    """What makes a self-evaluation more likely to be reviewed (抽查): what each thing adds to a risk of 1, and how many are drawn.

    >>> SampleRule().error > SampleRule().warning
    True
    """

    share: Share = Decimal("0.1")
    least: int = Field(default=5, ge=1)
    error: Exactly = Field(default=Decimal(4), ge=0)
    warning: Exactly = Field(default=Decimal(2), ge=0)
    contradiction: Exactly = Field(default=Decimal(4), ge=0)
    all_full: Exactly = Field(default=Decimal(1), ge=0)
    all_equal: Exactly = Field(default=Decimal(1), ge=0)
    low_rate: Share = Decimal("0.6")
    low: Exactly = Field(default=Decimal(2), ge=0)
    lacking: Exactly = Field(default=Decimal(2), ge=0)
