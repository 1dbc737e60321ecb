"""The city: its twelve counties and what each has to say, seeded. Nothing here is of any real place."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Value = Decimal | str | None
Record = dict[str, Value]
Values = Mapping[str, list[Record]]

SEED = 20260110
LABEL = "虚构示例"
CITY = "甲乙市"
TITLE = f"{CITY}2025年老旧小区改造补助资金绩效评价（{LABEL}）"
COUNTIES = (
    "甲子县", "乙丑县", "丙寅县", "丁卯县", "戊辰县", "己巳县", "庚午县", "辛未县", "壬申县", "癸酉县", "甲戌县", "乙亥县",
)  # fmt: skip
"""Named after the first twelve of the sixty-year cycle: no county in China bears such a name."""
ON_SITE = frozenset({"甲子县", "丙寅县", "丁卯县", "庚午县", "壬申县", "甲戌县"})
SOURCES = ("中央资金", "省级资金", "市级资金", "县级资金", "专项债券资金", "居民出资", "社会资金")
_ESTATES = ["梧桐", "银杏", "海棠", "松柏", "紫藤", "芙蓉", "丁香", "玉兰", "石榴", "白桦", "芦苇", "翠竹"]
_WORKS = (
    "屋面防水、雨污分流",
    "外墙保温、楼道整治",
    "雨污分流、道路硬化、停车位",
    "加装电梯、弱电整治",
    "消防设施、照明、绿化",
)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class County:
    """A county: what the roster says of it and the true values of its form, by kind of table."""

    name: str
    number: int
    values: Values

    @property
    def mode(self) -> str:
        """现场 or 非现场."""
        return "现场" if self.name in ON_SITE else "非现场"

    @property
    def office(self) -> str:
        """Who fills in the form."""
        return f"{self.name}住房和城乡建设局（{LABEL}）"

    @property
    def contact(self) -> str:
        """Whom to ring up: a name and a number that nobody has."""
        return f"联系人{self.number:02}（虚构）"

    @property
    def phone(self) -> str:
        """A telephone number that cannot be one."""
        return f"0000-{self.number:07}"


def city() -> tuple[County, ...]:
    """The twelve counties with their values, always the same."""
    return tuple(
        County(name, number, _values(name, number, random.Random(SEED + number)))
        for number, name in enumerate(COUNTIES, start=1)
    )


def _values(name: str, number: int, dice: random.Random) -> Values:
    estates = _estates(dice)
    funds = _funds(dice)
    sums = {
        key: sum((estate[key] for estate in estates), Decimal(0))
        for key in ("buildings", "households", "area")
    }  # type: ignore[misc]
    late = dice.choice((0, 0, 0, 1))
    outputs: list[Record] = []
    for item, unit, whole in (
        ("改造小区", "个小区", Decimal(len(estates))),
        ("改造楼栋", "栋", sums["buildings"]),
        ("惠及户数", "户", sums["households"]),
        ("改造面积", "万㎡", sums["area"]),
    ):
        part = {
            "改造小区": Decimal(1),
            "改造楼栋": Decimal(4),
            "惠及户数": Decimal(160),
            "改造面积": Decimal("1.60"),
        }[item]
        outputs.append(
            {
                "item": item,
                "measure_unit": unit,
                "planned": whole + late * part,
                "started": whole + late * part,
                "actual": whole,
            }
        )
    valid = Decimal(dice.randint(150, 196))
    content = Decimal(dice.randint(int(valid * 80 / 100), int(valid)))
    budget = sum((record["budget"] for record in funds if "budget" in record), Decimal(0))  # type: ignore[misc]
    head: Record = {
        "place": name,
        "evaluation_mode": "现场" if name in ON_SITE else "非现场",
        "implementer": f"{name}住房和城乡建设局（{LABEL}）",
        "contact": f"联系人{number:02}（虚构）",
        "phone": f"0000-{number:07}",
        "data_as_of": "2025-12-31",
        "start_date": f"2025-0{dice.randint(3, 5)}-{dice.randint(10, 28)}",
        "planned_completion": f"2025-1{dice.randint(0, 2)}-{dice.randint(10, 28)}",
        "status": "在建" if late else "已竣工验收",
        "total_investment": budget,
    }
    survey: Record = {
        "group": "改造小区居民",
        "method": "入户问卷",
        "issued": Decimal(200),
        "respondents": valid,
        "satisfied": content,
        "rate": (content / valid).quantize(Decimal("0.0001")),
    }
    return {
        "head": [head],
        "funds": funds,
        "outputs": outputs,
        "neighbourhoods": estates,
        "satisfaction": [survey],
    }


def _funds(dice: random.Random) -> list[Record]:
    records: list[Record] = []
    for source in SOURCES:
        if source in ("专项债券资金", "居民出资", "社会资金") and dice.random() < 0.6:
            records.append({"source": source})
            continue
        top = {"中央资金": 160000, "省级资金": 60000, "市级资金": 30000, "县级资金": 50000}.get(source, 20000)
        budget = Decimal(dice.randint(top // 3, top)) / 100
        received = _part(budget, dice.choice((100, 100, 100, 95, 90)))
        paid = _part(received, dice.randint(80, 100))
        spent = _part(paid, dice.choice((100, 100, 97, 92)))
        records.append(
            {
                "source": source,
                "planned": budget,
                "budget": budget,
                "allocated": budget,
                "received": received,
                "paid": paid,
                "spent": spent,
            }
        )
    return records


def _part(whole: Decimal, percent: int) -> Decimal:
    return (whole * percent / 100).quantize(_CENT)


def _estates(dice: random.Random) -> list[Record]:
    names = dice.sample(_ESTATES, dice.randint(3, 6))
    return [
        {
            "name": f"{name}小区",
            "built": str(dice.randint(1982, 2000)),
            "buildings": Decimal(dice.randint(4, 20)),
            "households": (households := Decimal(dice.randint(160, 900))),
            "area": (households * dice.randint(70, 105) / 10000).quantize(_CENT),
            "works": dice.choice(_WORKS),
            "contractor": f"{name}建设有限公司（虚构）",
            "invested": Decimal(dice.randint(20000, 90000)) / 100,
        }
        for name in names
    ]
