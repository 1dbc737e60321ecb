"""What a 备注 says: shares, points, the rules it names."""

from fractions import Fraction

import pytest
from wenxiao.evaluation.review.notes import Note
from wenxiao.project import load_profile

RULES = load_profile("review").review


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("佐证不足，扣60%", ["0.6"]),
        ("按30％的比例扣分", ["0.3"]),
        ("扣除分值的 12.5%", ["0.125"]),
        ("佐证不足扣30%，时效扣30%", ["0.3", "0.3"]),
        ("一般不可考核，-60%", ["0.6"]),
        ("完成率 60%，不扣分", []),
        ("完成60%扣3分", []),
        ("完成 50%-60%，属实", []),
        ("未扣30%", []),
        ("核减６０％", ["0.6"]),
        ("本项不得分。", ["1"]),
        ("合同不得分包，属实", []),
        ("能耗减少30%", []),
    ],
)
def test_shares_are_those_that_were_taken_off(text: str, shares: list[str]) -> None:
    """A percentage is a deduction only where the words say so."""
    assert list(Note.of(text, {}).shares) == [Fraction(share) for share in shares]


@pytest.mark.parametrize(
    ("text", "points"), [("扣3分", [3]), ("酌情扣0.5分", [Fraction(1, 2)]), ("不扣分", []), ("得3分", [])]
)
def test_points_are_those_that_were_taken_off(text: str, points: list[Fraction]) -> None:
    """Points that were given are none that were taken."""
    assert list(Note.of(text, {}).points) == points


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("无佐证材料", ("no-evidence",)),
        ("未提供佐证", ("no-evidence",)),
        ("原无佐证，已补充佐证", ()),
        ("部分佐证未提供", ()),
        ("指标不可考核，程度严重", ()),
        ("指标不可考核（严重）", ("not-assessable-gross",)),
        ("群众满意度未开展调查", ("satisfaction-without-survey",)),
        ("雨季停工，情况严重", ()),
        ("无相关佐证材料", ("no-evidence",)),
        ("没有提供佐证", ("no-evidence",)),
        ("佐证无误", ()),
        ("无佐证，未补充", ("no-evidence",)),
        ("佐证材料与指标无关", ("evidence-unrelated",)),
    ],
)
def test_a_rule_is_named_by_words_of_one_clause(text: str, rules: tuple[str, ...]) -> None:
    """The words of a rule stand together, and no later word takes them back."""
    assert Note.of(text, RULES).rules == rules
