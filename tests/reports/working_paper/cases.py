"""The evaluations whose papers are recalculated: the five real projects, and made-up (synthetic) ones for rules they lack."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import Role
from wenxiao.project import load_profile, load_project
from wenxiao.project.profile import Adjustment

from tests.evaluation.made import evaluated, made
from tests.evaluation.scoring.forms import form

FIVE = ("mudan-2023", "linyi-2021", "dengkou-2023", "lingang-2023", "ejinhoro-2022")
EVIL = '"><script>alert(1)</script>\u202e=1+1\x01'
OPENINGS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://example.org")')
TIES = ("competition", "dense", "average", "consecutive")
_DATA = Path(__file__).resolve().parents[3] / "data"


@lru_cache
def real(name: str) -> Evaluation:
    """One of the five projects under the national rules."""
    return evaluate(load_project(_DATA / name), load_profile())


@lru_cache
def ranked(ties: str) -> Evaluation:
    """Twelve districts: ties made by an adjustment, one excluded, one without a score, two modes of evaluation."""
    scores = ["90", "88.5", "88.5", "95", "", "79.99", "60", "88.2", "90", "100", "59.99", "88.2"]
    table = made(
        "districts",
        {
            "district": [f"{name}县" for name in "甲乙丙丁戊己庚辛壬癸子丑"],
            "score": scores,
            "budget": ["100", "50", "", "25.5", "1", "2", "3", "4", "5", "6", "7", "8"],
            "note": ["现场评价", "非现场评价"] * 6,
        },
    )
    funds = made("districts", {"district": ["甲县"], "households": ["12"]}, file="另一份.xlsx")
    changes = (
        Adjustment(district="辛县", points=Decimal("0.3"), reason="加分"),
        Adjustment(district="丁县", points=Decimal(-5), reason="审计扣分"),
    )
    rules = {"ties": ties, "exclude": ("癸县",), "adjusted": changes}
    return evaluated(table, funds, profile=load_profile().model_copy(update=rules))


@lru_cache
def scored(actual: str = "46个", spent: str = "80", effect: str = "") -> Evaluation:
    """A self-evaluation scored by the methods of the national rules, with a survey and a status in words."""
    return evaluated(
        made("head", {"status": ["已竣工验收"]}),
        made("funds", {"source": ["中央资金", "省级资金"], "budget": ["60", "40"], "spent": ["5.5", spent]}),
        form(
            {
                "level1": ["预算执行率", "产出", "产出", "产出", "效益", "满意度"],
                "level2": ["", "数量", "数量", "质量", "影响", ""],
                "level3": ["", "改造小区", "改造户数", "合格率", "居民生活", ""],
                "target": ["", "50个", "1200户", "≥95%", "明显改善", "≥90%"],
                "actual": ["", actual, "1300户", "93%", "部分达成预期", ""],
                "weight": ["10", "20", "20", "10", "30", "10"],
                "score": ["10", "18.4", "20", "9.79", effect, "8"],
            },
        ),
        made("satisfaction", {"respondents": ["300"], "satisfied": ["269"]}),
        profile=load_profile("self-evaluation"),
    )


@lru_cache
def by_indicators() -> Evaluation:
    """Districts whose scores stand by indicator only, with a total row between: a score is the sum of its indicators."""
    table = made(
        "districts",
        {
            "district": ["甲县", "乙县", "全市小计", "丙县"],
            "产出（60分）": ["55.5", "50", "52.75", "57"],
            "效益（40分）": ["30", "38", "34", ""],
        },
        roles=(Role.DATA, Role.DATA, Role.SUBTOTAL, Role.DATA),
    )
    return evaluated(table)


@lru_cache
def hostile() -> Evaluation:
    """Names that look like formulas, markup and escapes, of 10,000 characters, with control and direction marks."""
    names = [EVIL, "长" * 10_000, "'[]:*?/\\'", *OPENINGS]
    budgets = [str(10 + number) for number in range(len(names))]
    return evaluated(
        made(
            "funds",
            {"source": names, "budget": budgets, "spent": ["5", "", *budgets[2:]]},
            file=f"{EVIL}.xlsx",
        ),
        made("districts", {"district": names, "score": budgets, "note": names}),
        made("scorecard", {"level1": names, "weight": budgets, "score": budgets}),
        made("head", {"status": [OPENINGS[0]]}),
    )
