"""Funds by source and composition: amounts as they were given, absences in words, shares only of a whole."""

from wenxiao.charts import Chart, composition, funds_by_source

from tests.charts.cases import chart
from tests.charts.made import make_funds, make_line


def _made(value: Chart | None) -> Chart:
    assert value is not None
    return value


def test_merged_amount_is_the_groups() -> None:
    """What one merged cell gives for two sources stands with their group; the members say that theirs is part of it."""
    made = chart("funds under one merged cell")
    assert made.title == "预算执行率 53.63%（支出÷预算），上级资金最低（35.15%）"
    assert made.svg.count(">并入上级资金<") == 2
    assert "上级资金（合并）" in made.svg
    assert [row[0] for row in made.data.texts] == [
        "中央资金",
        "省级资金",
        "上级资金（合并）",
        "专项债券",
        "合计",
    ]


def test_missing_amount_is_a_word() -> None:
    """A source without an amount has the word instead of a bar, once for all stages it lacks."""
    lines = [
        make_line("甲来源", {"planned": "600", "applied": None, "approved": None}),
        make_line("乙来源", {"planned": None, "applied": "800", "approved": "800"}),
    ]
    made = _made(funds_by_source(make_funds(lines, {"planned": "600", "applied": "800", "approved": "800"})))
    assert made.title == "计划投资共 600.00 万元，申请资金共 800.00 万元，批复资金共 800.00 万元"
    assert made.svg.count(">未提供<") == 2
    assert ">申请、批复<" in made.svg


def test_stage_nobody_gives_is_named() -> None:
    """A stage without any amount is not drawn but named; one known only in total is named as that."""
    lines = [
        make_line("甲来源", {"received": "20", "paid": None, "spent": None}),
        make_line("乙来源", {"received": "5", "paid": None, "spent": None}),
    ]
    made = _made(funds_by_source(make_funds(lines, {"received": "25", "paid": "25", "spent": None})))
    assert made.title == "到位资金共 25.00 万元，甲来源最多（20.00 万元，占 80.0%）"
    assert made.subtitle == "各资金来源的到位资金，单位：万元；支出资金未提供；拨付资金只有合计"


def test_nothing_to_draw() -> None:
    """Without amounts, or with nothing but zeros, there is no chart."""
    empty = make_line("甲来源", {"budget": None})
    assert funds_by_source(None) is None
    assert funds_by_source(make_funds([empty], {"budget": None})) is None
    assert funds_by_source(make_funds([make_line("丙来源", {"budget": "0"})], {"budget": "0"})) is None


def test_shares_are_of_a_whole() -> None:
    """Parts are shares only where all are there, none is negative, they make the total, and another stage is known."""

    def made(parts: dict[str, str | None], whole: str, second: str | None = "1") -> Chart | None:
        lines = [make_line(name, {"budget": text, "received": second}) for name, text in parts.items()]
        return composition(make_funds(lines, {"budget": whole, "received": None}))

    assert composition(None) is None
    assert made({"甲来源": "5", "乙来源": "4"}, "9") is not None
    assert made({"甲来源": "5", "乙来源": "4"}, "9", None) is None
    assert made({"甲来源": "5"}, "5") is None
    assert made({"甲来源": None, "乙来源": "5"}, "5") is None
    assert made({"甲来源": "5", "乙来源": "4"}, "10") is None
    assert made({"甲来源": "-1", "乙来源": "5"}, "4") is None


def test_shares_are_of_the_total() -> None:
    """Parts stand largest first with amount and share, and each share can be traced to part and total."""
    made = chart("two parts")
    assert made.title == "预算资金共 15,000.00 万元，合成来源0占 80.00%"
    assert made.data.texts[1] == ("合成来源1", "3,000.00万元", "20.00%")
