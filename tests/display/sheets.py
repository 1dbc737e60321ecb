"""Tables made in code, for displays to show: synthetic figures, addresses as a sheet would give them."""

from decimal import Decimal

import numpy as np
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import Missing, Origin, Role, Table, Unit, figures, words
from wenxiao.model.units import NUMBER, POINTS, RATIO, WAN_YUAN
from wenxiao.project import InputFile, Narrative, Project, load_profile

UNITS = {"weight": POINTS, "score": POINTS, "score_rate": RATIO, "budget": WAN_YUAN, "spent": WAN_YUAN}


def table(
    kind: str,
    columns: dict[str, tuple[str, list[object]]],
    *,
    roles: dict[int, Role] | None = None,
    file: str = "资料.xlsx",
    units: dict[str, Unit] | None = None,
) -> Table:
    """A table of a kind: key → (header, values); a str is text, a number given as text in a Decimal a figure."""
    length = len(next(iter(columns.values()))[1])
    made = [
        _column(key, header, values, position, (units or {}).get(key, UNITS.get(key, NUMBER)))
        for position, (key, (header, values)) in enumerate(columns.items(), 1)
    ]
    lines = np.arange(3, 3 + length, dtype=np.int32)
    given = {(int(lines[r]), p): v for p, (_, vs) in enumerate(columns.values(), 1) for r, v in enumerate(vs)}
    return Table(
        kind=kind,
        title=f"{kind}表",
        origin=Origin(file, kind, 1, 1, 2 + length, len(columns)),
        lines=lines,
        roles=np.array([int((roles or {}).get(r, Role.DATA)) for r in range(length)], np.int8),
        columns=tuple(made),
        sections=("",) * length,
        raw=lambda row, column: given.get((row, column)),
    )


def _column(key, header, values, position, unit):  # type: ignore[no-untyped-def]
    if all(isinstance(value, str) for value in values):
        return words(values, key=key, label=header, position=position)
    return figures(values, key=key, label=header, position=position, unit=unit)


def d(*texts: str) -> list[object]:
    """Exact figures; an empty text is 未提供."""
    return [Decimal(text) if text else Missing.NOT_PROVIDED for text in texts]


HEAD = {"project_name": ("项目名称", ["某市老旧小区改造（合成）"]), "year": ("年度", ["2021年度"]),
        "report_kind": ("评价类型", ["全周期跟踪问效"])}  # fmt: skip
FUNDS = {"source": ("资金来源", ["中央资金", "省级资金", "专项债券", "合计"]),
         "budget": ("预算数", d("2062.67", "302.01", "1300", "3664.68")),
         "spent": ("支出数", d("800.5", "30.8", "1134", "1965.3"))}  # fmt: skip
CARD = {"level1": ("一级指标", ["决策", "过程", "产出", "效益"]), "weight": ("分值", d("20", "20", "36", "24")),
        "score": ("得分", d("20", "10.32", "26", "18")),
        "score_rate": ("得分率", d("1.0000", "0.5160", "0.6389", "0.7500"))}  # fmt: skip
DISTRICTS = {"district": ("县区", ["甲区", "乙县", "丙县", "丁县"]), "score": ("得分", d("93.08", "89.50", "89.50", "84.00")),
             "note": ("备注", ["现场", "现场", "非现场", "非现场"])}  # fmt: skip
AREAS = {
    "district": ("县区", ["甲区", "乙县", "丙县", "丁县"]),
    "households": ("户数", d("4520", "8400", "6542", "")),
}
OUTPUTS = {"item": ("产出指标", ["改造项目", "改造面积"]), "planned": ("计划数", d("285", "458.75")),
           "actual": ("完成数", d("307", "517.8"))}  # fmt: skip


def project(*tables: Table, narrative: dict[str, str] | None = None) -> Project:
    """A project of tables."""
    return Project("合成", tables, (InputFile("资料.xlsx", "0" * 64),), narrative=Narrative(narrative or {}))


def whole() -> Evaluation:
    """An evaluation with every part."""
    tables = [
        table("head", HEAD),
        table("funds", FUNDS, roles={3: Role.TOTAL}),
        table("scorecard", CARD),
        table("districts", DISTRICTS, units={"score": POINTS}),
        table("districts", AREAS, file="面积.xlsx"),
        table("outputs", OUTPUTS),
    ]
    words = {"主要经验": "- 党建引领", "存在的问题": "- 支出偏慢", "有关建议": "- 加快支付"}
    return evaluate(project(*tables, narrative=words), load_profile())


def bare() -> Evaluation:
    """An evaluation of a project that gives nothing but its name."""
    return evaluate(project(table("head", {"project_name": ("项目名称", ["空项目"])})), load_profile())
