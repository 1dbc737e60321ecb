"""A session: what a change does, what a refused change leaves alone, what a state is as parameters."""

from fractions import Fraction

import pytest
import yaml
from wenxiao.batch import plan
from wenxiao.evaluation import evaluate
from wenxiao.evaluation.trial import district_trial
from wenxiao.explorer import ParameterSet, Session
from wenxiao.model import ParameterError
from wenxiao.project import Workspace, load_profile, load_project


def test_a_change_of_rules_is_evaluated(session: Session) -> None:
    """Another denominator gives another rate, and taking it back gives the first."""
    assert session.evaluation is not None
    assert session.evaluation.execution.text == "63.33%"
    heard: list[int] = []
    session.listen(lambda: heard.append(1))
    assert session.change(denominators={"execution_rate": "received", "arrival_rate": "budget"})
    assert session.evaluation.execution.text == "67.86%"
    assert session.change(denominators=None)
    assert session.evaluation.execution.text == "63.33%"
    assert len(heard) == 2


def test_a_refused_change_leaves_everything_as_it_was(session: Session) -> None:
    """Grade bands that overlap are told in words; state and evaluation stay."""
    before, evaluation = session.state, session.evaluation
    bands = [{"label": "优", "from": 60}, {"label": "良", "from": 80}, {"label": "差", "from": 0}]
    assert not session.change(grades=bands)
    assert "由高到低" in session.problems[0]
    assert (session.state, session.evaluation) == (before, evaluation)


def test_tried_weights_move_the_trial_and_not_the_evaluation(session: Session) -> None:
    """A slider's weights are in `trial`; the ranking stays, and real weights are no change at all."""
    session.try_weights({"产出": Fraction(90), "效益": Fraction(10)})
    assert session.trial is not None
    assert [place.rank_text for place in session.trial.places] == ["1", "3", "2"]
    assert session.evaluation is not None
    assert session.evaluation.ranking is not None
    assert [place.rank_text for place in session.evaluation.ranking.places] == ["3", "2", "1"]
    assert session.state.parameters.changes == {"trial_weights": {"产出": "90", "效益": "10"}}
    session.restore_weights()
    assert session.state.parameters.changes == {}


def test_a_state_saved_is_a_run_that_gives_the_same(
    session: Session, workspace: Workspace, checkout: object
) -> None:
    """The files of a state are readable, planned as a run, and evaluate to what the session shows."""
    session.change(ties="dense", exclude=["乙县"])
    session.try_weights({"产出": Fraction(50), "效益": Fraction(50)})
    files = session.state.parameters.save(workspace, "试一试")
    assert files == ("parameters/project_report/试一试.yaml", "parameters/profiles/试一试.yaml")
    text = (workspace.root / files[1]).read_text(encoding="utf-8")
    assert "trial_weights:" in text
    assert "乙县" in text
    parameters = yaml.safe_load((workspace.root / files[0]).read_text(encoding="utf-8"))
    assert parameters == {"project": "data/合成", "profile": "试一试"}
    rules = load_profile("试一试", workspace.profiles)
    again = evaluate(load_project(workspace.resolve("data/合成")), rules)
    assert session.evaluation is not None
    assert again.ranking is not None
    assert session.evaluation.ranking is not None
    assert [p.rank_text for p in again.ranking.places] == [
        p.rank_text for p in session.evaluation.ranking.places
    ]
    assert "测算" in rules.title
    (workspace.notebooks / "project_report.ipynb").write_bytes(
        (checkout / "notebooks" / "project_report.ipynb").read_bytes()  # type: ignore[operator]
    )
    assert [run.key for run in plan(workspace, ["试一试"])] == ["project_report/试一试"]


def test_saving_never_overwrites_another_state(session: Session, workspace: Workspace) -> None:
    """The same state may be saved twice; another one under its name is refused, and nothing is written."""
    session.change(ties="dense")
    session.state.parameters.save(workspace, "一")
    session.state.parameters.save(workspace, "一")
    session.change(ties="average")
    with pytest.raises(ParameterError, match="同名而内容不同"):
        session.state.parameters.save(workspace, "一")
    assert load_profile("一", workspace.profiles).ties == "dense"


@pytest.mark.parametrize("name", ["", "../x", "a--b", "CON"])
def test_a_name_that_is_no_file_name_is_refused(session: Session, workspace: Workspace, name: str) -> None:
    """A state cannot be saved outside its folder or under a reserved name."""
    with pytest.raises(ParameterError, match="不能用作文件名"):
        session.state.parameters.save(workspace, name)
    assert not (workspace.parameters / "project_report").exists()


def test_a_project_that_cannot_be_read_is_told(workspace: Workspace) -> None:
    """A folder that is not there gives problems instead of an evaluation, and another can be opened then."""
    session = Session(workspace, ParameterSet("data/没有"))
    assert session.evaluation is None
    assert "没有这个项目文件夹" in session.problems[0]
    assert session.open("data/合成")
    assert session.evaluation is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"denominators": {"execution_rate": "received"}},
        {"ties": "average", "exclude": ["甲县"]},
        {
            "grades": [
                {"label": "优", "from": "88"},
                {"label": "良", "from": "70"},
                {"label": "差", "from": "0"},
            ]
        },
        {"flags": {"weight_tolerance": "0.2"}, "ties": "consecutive"},
    ],
)
@pytest.mark.parametrize("output", [None, "47.5", "60.3"])
def test_every_state_saved_gives_the_same_figures(
    session: Session, workspace: Workspace, changes: dict[str, object], output: str | None
) -> None:
    """Whatever was changed and tried: the files of the state evaluate to the figures, ranks and trial on the screen."""
    assert session.change(**changes), session.problems
    if output is not None:
        session.try_weights({"产出": Fraction(output), "效益": 100 - Fraction(output)})
    session.state.parameters.save(workspace, "状态")
    rules = load_profile("状态" if session.state.parameters.changes else "national", workspace.profiles)
    again = evaluate(load_project(workspace.resolve("data/合成")), rules)
    assert session.evaluation is not None
    assert {key: each.text for key, each in again.measures.items()} == {
        key: each.text for key, each in session.evaluation.measures.items()
    }
    assert again.ranking is not None
    assert session.evaluation.ranking is not None
    here, there = (
        [(place.district, place.rank_text, place.grade.label) for place in ranking.places]
        for ranking in (session.evaluation.ranking, again.ranking)
    )
    assert here == there
    trial = district_trial(again)
    if output is not None:
        assert trial is not None
        assert session.trial is not None
        assert trial.found.places == session.trial.places
    else:
        assert trial is None
