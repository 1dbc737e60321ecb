"""Synthetic sheets of a review: a scorecard by county, a 问题清单, a 证据清单, a 评分底稿."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.model import Table

from tests.evaluation.made import made


def card(title: str = "虚构评分表", scores: Sequence[str] = ("8.5", "88"), **more: Sequence[str]) -> Table:
    """A scorecard of two indicators of the third level, 预算执行率 (10) and 质量达标率 (90)."""
    return made(
        "scorecard",
        {
            "level1": ["过程", "产出"],
            "level2": ["资金管理", "产出质量"],
            "level3": ["预算执行率", "质量达标率"],
            "weight": ["10", "90"],
            "score": scores,
            **more,
        },
        title=title,
        file=f"{title}.xlsx",
    )


def sheet(title: str = "虚构评分底稿", **more: Sequence[str]) -> Table:
    """The same as a 评分底稿: with evidence, hands and, where given, decisions."""
    given: dict[str, Sequence[str]] = {
        "data_source": ["支出表", "验收表"],
        "calculation": ["", ""],
        "evidence_number": ["E-01", "E-02"],
        "preparer": ["张三", "张三"],
    }
    return card(title, **{**given, **more})


def problems(**fields: Sequence[str]) -> Table:
    """A 问题清单 of two problems that explain the deductions of `card`, but for the given fields."""
    given: dict[str, Sequence[str]] = {
        "number": ["1", "2"],
        "problem": ["2 个小区支出滞后", "3 个小区验收资料不全"],
        "level3": ["预算执行率", "质量达标率"],
        "deduction": ["1.5", "2"],
        "evidence_number": ["E-01", "E-02"],
    }
    kept = {**given, **fields}
    return made("problems", {key: values for key, values in kept.items() if values})


def evidence(**fields: Sequence[str]) -> Table:
    """A 证据清单 of two files, but for the given fields."""
    given: dict[str, Sequence[str]] = {
        "evidence_number": ["E-01", "E-02"],
        "evidence_name": ["支付凭证", "竣工验收单"],
        "file": ["支付凭证.pdf", "验收单.pdf"],
    }
    return made("evidence", {**given, **fields})


def counties(*names: str) -> Table:
    """A table that lists counties."""
    return made("districts", {"district": list(names), "budget": ["1"] * len(names)})
