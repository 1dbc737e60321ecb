"""The months that headers, titles and names of rows speak of."""

import pytest
from wenxiao.fields import standard_registry
from wenxiao.fields.periods import months_in


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3月", (3, 3)),
        ("十一月份", (11, 11)),
        ("第二季度支出", (4, 6)),
        ("Q3", (7, 9)),
        ("1—10月执行率", (1, 10)),
        ("2025年1-3季度", (1, 9)),
        ("截至2025年8月底支出", (1, 8)),
        ("6月30日执行数", (1, 6)),
        ("前三季度", (1, 9)),
        ("6月累计支出", (1, 6)),
        ("下半年", (7, 12)),
    ],
)
def test_a_month_a_quarter_and_a_sum_up_to_a_month(text: str, span: tuple[int, int]) -> None:
    """However a county writes it."""
    found = months_in(text)
    assert found is not None
    assert (found.first, found.last) == span


@pytest.mark.parametrize(
    "text", ["全年", "12个月", "上年同期1月", "截至7月25日支出", "3月和5月", "100月", "2021.6月"]
)
def test_what_is_no_span_of_this_year_is_none(text: str) -> None:
    """Nor is the middle of a month its end."""
    assert months_in(text) is None


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("1月",), "spent_1_1"),
        (("累计支出", "4月"), "spent_1_4"),
        (("各月支出", "4月"), "spent_4_4"),
        (("1-6月", "支出数"), "spent_1_6"),
        (("三季度执行数",), "spent_7_9"),
        (("上年同期", "4月"), None),
        (("1月增长",), None),
    ],
)
def test_a_header_finds_the_field_of_its_span(path: tuple[str, ...], key: str | None) -> None:
    """The words beside the months say whether it is spending; those of another year are not this one's."""
    field = standard_registry().match_path(path, "progress")
    assert (field and field.key) == key
