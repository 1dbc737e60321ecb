"""Whatever a person does, and takes back: state, widgets, saved files and the run made of them agree."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from wenxiao.evaluation import evaluate
from wenxiao.evaluation.trial import district_trial
from wenxiao.explorer import Explorer, ParameterSet
from wenxiao.explorer.panels.rules import RulesPanel
from wenxiao.explorer.panels.weights import WeightsPanel
from wenxiao.explorer.panels.words import WordsPanel
from wenxiao.model import shown
from wenxiao.project import Workspace, load_profile, load_project

FIRST = (
    "县区,决策（20分）,过程（20分）,产出（40分）,效益（20分）,得分\n"
    "甲县,20,18,30.5,10,78.5\n乙县,18,20,28,19,85\n丙县,15.5,17,39,20,91.5\n"
)
SECOND = "县区,产出（60分）,效益（40分）,得分\n东区,50,40,90\n西区,60,25,85\n"

EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("slide"), st.integers(0, 3), st.integers(0, 200)),
        st.tuples(st.just("number"), st.integers(0, 3), st.decimals(0, 60, places=3)),
        st.tuples(st.just("lock"), st.integers(0, 3)),
        st.tuples(st.just("ties"), st.sampled_from(("dense", "average", "competition"))),
        st.tuples(st.just("exclude"), st.integers(0, 2)),
        st.tuples(st.just("band"), st.integers(0, 2), st.integers(50, 100)),
        st.tuples(st.just("open"), st.sampled_from(("data/一", "data/二"))),
        st.tuples(
            st.just("type"), st.sampled_from(("有关建议", "主要经验")), st.sampled_from(("", "- 甲", "- 乙"))
        ),
        st.tuples(st.sampled_from(("aside", "back", "undo", "redo", "undo"))),
    ),
    max_size=10,
)


def workspace_in(folder: Path) -> Workspace:
    """A workspace with two projects."""
    for part in ("data/一", "data/二", "parameters", "notebooks", "outputs"):
        (folder / part).mkdir(parents=True)
    (folder / "data/一/得分.csv").write_text(FIRST, encoding="utf-8")
    (folder / "data/二/得分.csv").write_text(SECOND, encoding="utf-8")
    return Workspace(folder)


def panel(explorer: Explorer, kind: type) -> object:
    """The panel of a kind, looked at."""
    at = next(at for at, each in enumerate(explorer.tabs.children) if isinstance(each, kind))
    explorer.tabs.selected_index = at
    return explorer.tabs.children[at]


def happen(explorer: Explorer, event: tuple[object, ...]) -> None:
    """Does with the widgets what a person would."""
    match event:
        case ("slide", int(at), int(halves)):
            controls = panel(explorer, WeightsPanel).sliders.children  # type: ignore[attr-defined]
            control = controls[at % len(controls)]
            if not control.slider.disabled:
                control.slider.value = min(halves / 2, control.slider.max)
        case ("number", int(at), weight):
            controls = panel(explorer, WeightsPanel).sliders.children  # type: ignore[attr-defined]
            control = controls[at % len(controls)]
            if not control.number.disabled:
                control.number.value = str(weight)
        case ("lock", int(at)):
            controls = panel(explorer, WeightsPanel).sliders.children  # type: ignore[attr-defined]
            lock = controls[at % len(controls)].lock
            lock.value = not lock.value
        case ("ties", ties):
            panel(explorer, RulesPanel).ties.value = ties  # type: ignore[attr-defined]
        case ("exclude", int(at)):
            exclude = panel(explorer, RulesPanel).exclude  # type: ignore[attr-defined]
            exclude.value = exclude.options[at : at + 1]
        case ("band", int(at), lowest):
            panel(explorer, RulesPanel).bands.children[at].value = lowest  # type: ignore[attr-defined]
        case ("open", project):
            explorer.project.value = project
        case ("type", str(heading), words):
            panel(explorer, WordsPanel).sections[heading].value = words  # type: ignore[attr-defined]
        case (("aside" | "back") as name,):
            getattr(panel(explorer, WeightsPanel), name).click()
        case ("undo",):
            explorer.undo.click()
        case ("redo",):
            explorer.redo.click()


def widgets_of(explorer: Explorer) -> list[object]:
    """What every control and pane shows, looked at one panel after another."""
    weights, rules, words = (panel(explorer, kind) for kind in (WeightsPanel, RulesPanel, WordsPanel))
    return [
        explorer.project.value,
        explorer.state.value,
        [
            (each.part, each.slider.value, each.number.value, each.lock.value)
            for each in weights.sliders.children  # type: ignore[attr-defined]
        ],
        weights.words.value.count("<td"),  # type: ignore[attr-defined]
        weights.pair.value == "",  # type: ignore[attr-defined]
        (rules.profile.value, rules.ties.value, rules.exclude.value),  # type: ignore[attr-defined]
        [each.value for each in rules.bands.children],  # type: ignore[attr-defined]
        [box.value for box in words.sections.values()],  # type: ignore[attr-defined]
        [each.message.value for each in explorer.tabs.children if "程序内部错误" in each.message.value],
    ]


@settings(max_examples=6, phases=(Phase.generate,))
@given(EVENTS)
def test_after_each_event_state_widgets_files_and_run_agree(events: list[tuple[object, ...]]) -> None:
    """Another explorer given the state shows the same; the files saved are the state; the run made of them its figures."""
    follow(events)


@pytest.mark.acceptance
@settings(max_examples=60, phases=(Phase.generate,))
@given(EVENTS)
def test_after_long_sequences_they_agree_too(events: list[tuple[object, ...]]) -> None:
    """The same on many more sequences."""
    follow(events)


def follow(events: list[tuple[object, ...]]) -> None:
    """Does all that happens and compares after each event."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = workspace_in(Path(folder))
        explorer, other = (Explorer("data/一", workspace=workspace) for _ in range(2))
        for number, event in enumerate(events):
            happen(explorer, event)
            agree(explorer, other, workspace, f"状态{number}")


def agree(explorer: Explorer, other: Explorer, workspace: Workspace, name: str) -> None:
    """Compares what an explorer shows with its state in another one, with its files, and with a run of them."""
    session = explorer.session
    other.session._go(session.state)
    assert widgets_of(explorer) == widgets_of(other)
    session.state.parameters.save(workspace, name)
    assert ParameterSet.load(workspace, f"project_report/{name}") == session.state.parameters
    rules = load_profile(name if session.state.parameters.changes else "national", workspace.profiles)
    again = evaluate(load_project(session.folder), rules)
    here = session.evaluation
    assert here is not None
    assert again.ranking is not None
    assert here.ranking is not None
    assert [(p.district, p.rank_text, p.grade) for p in again.ranking.places] == [
        (p.district, p.rank_text, p.grade) for p in here.ranking.places
    ]
    trial = district_trial(again)
    assert session.trial is not None
    assert bool(session.trial.shifts) == (trial is not None)
    if trial is not None:
        assert trial.found.places == session.trial.places
        assert session.weights is not None
        assert {leaf.path: leaf.weight for leaf in trial.found.matrix.leaves} == session.weights.tried
    controls = panel(explorer, WeightsPanel).sliders.children  # type: ignore[attr-defined]
    assert session.weights is not None
    assert [each.number.value for each in controls] == [
        shown(session.weights.weight(each.part), 2) for each in controls
    ]
