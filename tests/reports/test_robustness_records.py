"""What `results.json` says of how firm a ranking stands, of computed scores and of reviews; synthetic data."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import jsonschema
from wenxiao.evaluation import Evaluation
from wenxiao.model import Role
from wenxiao.project import load_profile
from wenxiao.project.profile import Adjustment
from wenxiao.reports import results, results_schema
from wenxiao.reports.records import Results

from tests.evaluation.made import evaluated, made
from tests.evaluation.scoring.forms import form, row_of

LOWERED = Adjustment(district="乙县", points=Decimal(-2), reason="审计扣分")


def ranked(names: Sequence[str] = ("甲县", "乙县", "丙县", "丁县"), **rules: object) -> Evaluation:
    """Districts on two indicators, scored so that neighbours differ, in two modes of evaluation."""
    output = [str(30 + 7 * i % 31) for i in range(len(names))]
    effect = [str(40 - 3 * i % 17) for i in range(len(names))]
    fields = {
        "district": list(names),
        "产出（60分）": output,
        "效益（40分）": effect,
        "score": [str(int(a) + int(b)) for a, b in zip(output, effect, strict=True)],
        "note": ["现场评价" if i % 2 else "非现场评价" for i in range(len(names))],
    }
    return evaluated(made("districts", fields), profile=load_profile().model_copy(update=rules))


def recorded(evaluation: Evaluation, district: str = "") -> Results:
    """The results, which follow the published schema."""
    data = results(evaluation, notebook="x", parameters={}, district=district).results
    jsonschema.Draft202012Validator(results_schema()).validate(data.model_dump(mode="json"))
    return data


def test_how_firm_the_ranks_stand() -> None:
    """Intervals, certain ranks with δ stated, what leaving one out moves, swaps in words, spread and margins."""
    evaluation = ranked()
    firm, own = recorded(evaluation).robustness, evaluation.robustness
    assert firm is not None
    assert own is not None
    assert (firm.basis, firm.delta, firm.taking_part, firm.pairs) == ("indicators", "0.2", 4, 3)
    assert [(each.district, each.rank) for each in firm.places] == [
        (each.district, each.rank) for each in own.intervals
    ]
    assert all(each.weights_best is not None and each.weights_best <= each.rank for each in firm.places)
    assert firm.leave_one_out is not None
    assert [each.indicators for each in firm.leave_one_out] == [("产出",), ("效益",)]
    assert firm.swaps is not None
    assert all("分值" in each.sentence or "得分相同" in each.sentence for each in firm.swaps)
    assert firm.spread is not None
    assert sum(Fraction(each.spread_share) for each in firm.spread) == 1
    assert [each.mode for each in firm.modes] == ["非现场评价", "现场评价"]
    assert firm.gap_to_mean is None


def test_totals_only_say_so() -> None:
    """Where only totals are published the parts that need more are null, and the basis says why."""
    firm = recorded(
        evaluated(made("districts", {"district": ["甲县", "乙县"], "score": ["90.1", "90"]}))
    ).robustness
    assert firm is not None
    assert firm.basis == "totals"
    assert (firm.swaps, firm.spread, firm.leave_one_out, firm.certain_pairs) == (None, None, None, None)
    assert [(each.best, each.worst, each.weights_best) for each in firm.places] == [
        (1, 2, None),
        (1, 2, None),
    ]
    assert firm.places[0].on_rounding is False
    assert firm.places[1].close is True


def test_a_district_has_its_own_robustness_only() -> None:
    """A district's results do not grow with its peers: its own place, moves, swaps and gap, whatever their number."""
    few, many = (recorded(ranked([f"县{i}" for i in range(n)]), "县3") for n in (40, 400))
    for data, n in ((few, 40), (many, 400)):
        assert data.ranking is not None
        assert [place.district for place in data.ranking.places] == ["县3"]
        assert data.ranking.ranked == n
        assert data.robustness is not None
        assert [place.district for place in data.robustness.places] == ["县3"]
        assert data.robustness.swaps is not None
        assert all("县3" in (swap.above, swap.below) for swap in data.robustness.swaps)
        assert data.robustness.gap_to_mean is not None
        assert {move.district for left in data.robustness.leave_one_out or () for move in left.moves} <= {
            "县3"
        }
    sizes = [len(data.model_dump_json(include={"ranking", "robustness"})) for data in (few, many)]
    assert abs(sizes[0] - sizes[1]) < 1000


def test_of_many_districts_so_many_pairs_are_listed() -> None:
    """A national ranking lists the pairs that turn round most easily and the districts that move furthest."""
    firm = recorded(ranked([f"县{i}" for i in range(400)])).robustness
    assert firm is not None
    assert firm.swaps is not None
    assert (firm.pairs, len(firm.swaps), len(firm.places)) == (399, 200, 400)
    assert all(len(left.moves) <= 20 for left in firm.leave_one_out or ())


def test_adjusted_and_excluded_districts() -> None:
    """The published score stays beside the adjusted one; who takes no part has no place in the robustness."""
    data = recorded(ranked(adjusted=(LOWERED,), exclude=("丁县",)))
    assert data.ranking is not None
    place = data.ranking.places[1]
    assert place.adjusted is not None
    assert (place.score.value, place.adjusted.value, place.reason) == ("74", "72", "审计扣分")
    assert data.ranking.ranked == 3
    assert data.robustness is not None
    assert [each.district for each in data.robustness.places] == ["甲县", "乙县", "丙县"]
    own = recorded(ranked(adjusted=(LOWERED,)), "乙县")
    assert own.verdict is not None
    assert own.verdict.score.value == "72"
    assert own.robustness is not None
    assert own.robustness.gap_to_mean is not None
    assert own.robustness.gap_to_mean[-1].path == ("得分调整",)
    assert own.robustness.gap_to_mean[-1].own == "-2"


def test_computed_scores_stand_beside_those_filled_in() -> None:
    """The method, the score it gives, the score as filled in, and filled − computed."""
    profile = load_profile("self-evaluation")
    data = recorded(evaluated(row_of(score="10.00", target="50户", actual="45户"), profile=profile))
    score = next(each for each in data.scoring if each.target == "50户")
    assert (score.filled.value, score.computed.value, score.difference.value) == ("10", "9", "1")
    assert score.agrees is False
    assert score.method


def test_the_chain_of_reviews() -> None:
    """自评分 → 复核分 with the change and its reason; a stage with an unscored indicator has no total."""
    fields = {"level1": ["产出", "效益"], "weight": ["60", "40"]}
    stages = {"self_score": ["60", ""], "reviewed_score": ["55", "40"], "reason": ["进度滞后", ""]}
    review = recorded(evaluated(form({**fields, **stages}))).review
    assert review is not None
    change = review.indicators[0].changes[0]
    assert (change.before, change.after, change.change.value) == ("self_score", "reviewed_score", "-5")
    assert change.reason == "进度滞后"
    assert [(each.stage, each.total.missing, each.unscored) for each in review.totals] == [
        ("self_score", "unscored", ("效益",)),
        ("reviewed_score", None, ()),
    ]


def test_a_finding_names_the_one_figure_that_explains_it() -> None:
    """The suspects of a finding are its cells in the results too."""
    grid = {
        "district": ["甲县", "乙县", "合计"],
        "产出（60分）": ["50", "40", "90"],
        "效益（40分）": ["30", "38", "65"],
        "score": ["80", "75", "155"],
    }
    table = made("districts", grid, [Role.DATA, Role.DATA, Role.TOTAL])
    findings = [each for each in recorded(evaluated(table)).findings if each.suspects]
    assert findings
    assert {cell.address for each in findings for cell in each.suspects} == {"C3"}
