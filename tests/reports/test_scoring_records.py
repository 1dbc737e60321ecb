"""What `results.json` says of surveys, of money shared out on trial and of tried weights; synthetic data."""

from decimal import Decimal

import pandas as pd
from wenxiao.evaluation import Audience, Evaluation, evaluate
from wenxiao.evaluation.shared_out import shared_out
from wenxiao.project import load_profile, project_of_frames
from wenxiao.reports.recording import evaluation_record

SCORES = pd.DataFrame(
    {"县区": ["甲县", "乙县"], "产出（60分）": ["60.00", "48.00"], "效益（40分）": ["20.00", "38.00"]}
)
SURVEY = pd.DataFrame(
    {"调查对象": ["居民", "商户"], "有效问卷": [100, None], "满意人数": [90, None], "满意度": ["90%", "88%"]}
)


def evaluated(**changes: object) -> Evaluation:
    """Two districts by indicator and a survey, by the national rules with some keys changed."""
    profile = load_profile("national").model_copy(update=changes)
    return evaluate(project_of_frames({"得分": SCORES, "满意度调查": SURVEY}), profile)


def test_a_survey_keeps_its_counts_and_its_interval() -> None:
    """A line with respondents has its Wilson interval; one without says why it has none."""
    first, second = evaluation_record(evaluated()).surveys
    assert (first.group, first.respondents.value, first.rate.text) == ("居民", "100", "90.00%")
    assert first.wilson is not None
    assert first.wilson.low is not None
    assert first.wilson.low.startswith("0.8256")
    assert first.confidence == 95
    assert second.wilson is None
    assert second.open_because


def test_tried_weights_stand_beside_what_is() -> None:
    """Everyone's tried score, rank and grade stand beside the real ones; a district's record has its own only."""
    evaluation = evaluated(trial_weights={"产出": Decimal(40), "效益": Decimal(60)})
    trial = evaluation_record(evaluation).trials[0]
    assert [(shift.path, shift.before, shift.after) for shift in trial.shifts] == [
        (("产出",), "60", "40"),
        (("效益",), "40", "60"),
    ]
    assert [(p.district, p.score.text, p.rank, p.real_rank) for p in trial.places] == [
        ("甲县", "70.00分", "2", "2"),
        ("乙县", "89.00分", "1", "1"),
    ]
    own = evaluation_record(evaluation, "乙县").trials[0]
    assert [place.district for place in own.places] == ["乙县"]


def test_money_shared_out_is_for_the_house() -> None:
    """An internal edition records each place's part, exact and in whole units; one for release none."""
    scheme = load_profile("allocation-example").allocation
    name, rule = next((name, rule) for name, rule in scheme.items() if rule.amount is not None)
    profile = load_profile("national").model_copy(
        update={"allocation": {name: rule.model_copy(update={"values": _values(rule.keys)})}}
    )
    shared = shared_out(evaluate(project_of_frames({"得分": SCORES}), profile), name)
    record = evaluation_record(shared).allocation
    assert record is not None
    assert record.scheme == name
    amounts = [Decimal(each.amount.value or 0) for each in record.allotments]
    assert sum(amounts) == Decimal(record.total.value or 0)
    assert evaluation_record(shared, audience=Audience(release=True)).allocation is None


def _values(keys: object) -> dict[str, dict[str, Decimal]]:
    """A made-up figure of every factor for both districts."""
    return {key: {"甲县": Decimal(30), "乙县": Decimal(70)} for key in keys}  # type: ignore[attr-defined]
