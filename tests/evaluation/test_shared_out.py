"""A project's money shared out on trial by a profile's scheme: worked by hand, traced, and told where it cannot be."""

from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.display import allocation_table, allocation_words
from wenxiao.evaluation import Evaluation, shared_out
from wenxiao.model import ParameterError, ProfileError, ProjectError, Standing
from wenxiao.project import Profile, Workspace, load_profile
from wenxiao.project.parameters import DistrictRanking, check_parameters

from tests.evaluation.made import evaluated, made

EXAMPLE = load_profile("allocation-example")
TWO = {
    "district": ["甲县", "乙县"],
    "score": ["90", "60"],
    "area": ["30", "10"],
    "households": ["1000", "1000"],
}


def shared(rows: dict[str, list[str]], profile: Profile = EXAMPLE, scheme: str = "") -> Evaluation:
    """The evaluation of synthetic districts with its money shared out."""
    return shared_out(evaluated(made("districts", rows), profile=profile), scheme)


def own(**changes: object) -> Profile:
    """The example profile with another scheme."""
    return EXAMPLE.model_copy(
        update={"allocation": {"示例": EXAMPLE.allocation["示例"].model_copy(update=changes)}}
    )


def test_the_example_worked_by_hand() -> None:
    """Of 1,000: area 420 as 3 to 1, households 280 evenly, result 300 as 90 to 60: 315 + 140 + 180 = 635, and 365."""
    evaluation = shared(TWO)
    assert evaluation.allocation is not None
    first, second = evaluation.allocation.allotments
    assert (first.amount.text, second.amount.text) == ("635.00", "365.00")
    assert (first.rate.text, second.rate.text) == ("63.50%", "36.50%")
    assert first.amount.standing is Standing.WHAT_IF
    measure = evaluation.measures["allocation/甲县"]
    assert {given.cell.address for given in measure.inputs if given.cell} == {
        "B2",
        "B3",
        "C2",
        "C3",
        "D2",
        "D3",
    }


def test_thirds_sum_to_the_total() -> None:
    """100 in three equal parts is 33.34, 33.33 and 33.33: the rest goes to the first, and the rule is stated."""
    rows = {
        "district": ["甲县", "乙县", "丙县"],
        "score": ["80"] * 3,
        "area": ["1"] * 3,
        "households": ["5"] * 3,
    }
    evaluation = shared(rows, own(amount=Decimal(100)))
    assert evaluation.allocation is not None
    assert [each.amount.text for each in evaluation.allocation.allotments] == ["33.34", "33.33", "33.33"]
    table = allocation_table(evaluation)
    assert table is not None
    assert "各地之和等于总额" in table.text()
    assert "补一个单位的地区：甲县" in table.text()
    assert table.rows[-1].kind == "summary"


def test_the_official_formula_with_given_coefficients() -> None:
    """财综〔2019〕31号 from 2020, coefficients 1.5 and 1 given by the scheme: 40% × ⅗ … as by hand."""
    name = "财综〔2019〕31号（2020 年起）"
    official = EXAMPLE.allocation[name].model_copy(
        update={
            "amount": Decimal(1000),
            "values": {"difficulty": {"甲县": Decimal("1.5"), "乙县": Decimal(1)}},
        }
    )
    rows = {**TWO, "area": ["10", "10"], "buildings": ["10", "30"], "neighbourhoods": ["5", "5"]}
    evaluation = shared(rows, EXAMPLE.model_copy(update={"allocation": {name: official}, "scheme": name}))
    assert evaluation.allocation is not None
    # area 400 × 15/25 = 240, households 300 × 1500/2500 = 180, buildings 100 × 15/45, 小区 100 × 7.5/12.5, 绩效 100 × 90/150
    assert evaluation.allocation.allotments[0].amount.text == "573.33"
    assert evaluation.allocation.allotments[1].amount.text == "426.67"


def test_what_is_missing_is_said_and_nobody_has_a_share() -> None:
    """One area that is not given leaves every share open, because each rests on the sum of all."""
    evaluation = shared({**TWO, "area": ["30", ""]})
    words, table = allocation_words(evaluation), allocation_table(evaluation)
    assert words is not None
    assert table is not None
    assert "乙县改造面积未提供" in words.text()
    assert "不能测算" in words.text()
    assert all(row.kind != "summary" for row in table.rows)


def test_the_score_that_counts_is_the_adjusted_one() -> None:
    """A score the profile lowers before ranking is the result that money is shared out by."""
    lowered = EXAMPLE.model_copy(
        update={"adjusted": load_profile().adjusted.__class__([_minus("甲县", "-30")])}
    )
    evaluation = shared(TWO, lowered)
    assert evaluation.allocation is not None
    assert evaluation.allocation.allotments[0].amount.text == "605.00"


def _minus(district: str, points: str) -> object:
    from wenxiao.project.profile import Adjustment

    return Adjustment(district=district, points=Decimal(points), reason="示例")


def test_without_a_scheme_nothing_is_shared_out() -> None:
    """The national profile names no scheme: no allocation, no words, no table."""
    evaluation = shared(TWO, load_profile())
    assert evaluation.allocation is None
    assert allocation_words(evaluation) is None
    assert allocation_table(evaluation) is None


def test_an_unknown_scheme_and_an_unknown_place_are_told_with_the_nearest() -> None:
    """A misspelt scheme, a scheme without an amount, and a place no table lists are refused in words."""
    with pytest.raises(ProfileError, match="是否为“示例”"):
        shared(TWO, scheme="示列")
    with pytest.raises(ProfileError, match="没有写明分配总额"):
        shared(TWO, own(amount=None))
    with pytest.raises(ProjectError, match="是否为“甲县”"):
        shared(TWO, own(values={"area": {"甲县县": Decimal(1)}}))


def test_the_words_say_trial_rule_and_ends() -> None:
    """The words begin with 测算, give the rule with its weights and name the largest and smallest amounts."""
    words = allocation_words(shared(TWO))
    assert words is not None
    text = words.text()
    assert text.startswith("以下为测算，不是下达数")
    assert "任务量占 70%，其中改造面积 60%、改造户数 40%；绩效占 30%" in text
    assert "分得最多的是甲县 635.00万元，最少的是乙县 365.00万元。" in text


def test_parameters_name_a_scheme_that_can_be_tried_out() -> None:
    """The scheme of a run is checked before anything runs: unknown, without an amount, with open weights."""
    workspace = Workspace(Path(__file__).resolve().parents[2])

    def problems(scheme: str, profile: str = "allocation-example") -> str:
        with pytest.raises(ParameterError) as error:
            check_parameters(DistrictRanking, {"project": "data/linyi-2021", "profile": profile, "scheme": scheme}, workspace)  # fmt: skip
        return str(error.value)

    assert "是否为“示例”" in problems("示列")
    assert "没有写明分配总额" in problems("财综〔2019〕31号（2020 年起）", "national")
    assert "parts.任务量.factors.area.weight" in problems("财综〔2024〕15号", "national")
    check_parameters(
        DistrictRanking, {"project": "data/linyi-2021", "profile": "allocation-example"}, workspace
    )


def test_a_profile_names_only_a_scheme_it_has(tmp_path: Path) -> None:
    """scheme: 本市 without such an entry of allocation is refused when the profile is loaded."""
    (tmp_path / "x.yaml").write_text(
        "extends: national\ntitle: x\nsource: x\nscheme: 财综〔2019〕31号\n", encoding="utf-8"
    )
    with pytest.raises(ProfileError, match="不在 allocation 中，是否为“财综"):
        load_profile("x", tmp_path)
