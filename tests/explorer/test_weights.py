"""Tried weights: exact, their sum kept, kept in a file by the fewest names and read back the same."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.explorer import ParameterSet, Session
from wenxiao.explorer.weights import Weights
from wenxiao.project import Workspace

TREE = {
    ("决策", "目标"): Fraction(12), ("决策", "制度"): Fraction(8), ("产出", "数量", "户数"): Fraction(15),
    ("产出", "数量", "面积"): Fraction(15), ("产出", "质量"): Fraction(20), ("效益",): Fraction(30),
}  # fmt: skip


def parts() -> Iterator[tuple[str, ...]]:
    """Every indicator of the tree."""
    yield from dict.fromkeys(leaf[:depth] for leaf in TREE for depth in range(1, len(leaf) + 1))


moves = st.lists(
    st.tuples(st.sampled_from(list(parts())), st.fractions(0, 100, max_denominator=10)), max_size=6
)


@given(moves)
def test_sums_stay_and_names_give_the_weights_back(made: list[tuple[tuple[str, ...], Fraction]]) -> None:
    """After any moves the whole is 100, none is negative, and the names with their weights say every leaf's."""
    weights = Weights(TREE, TREE)
    for part, weight in made:
        before = weights
        weights = weights.moved(part, weight)
        assert weights.weight(part[:-1]) == before.weight(part[:-1])
    assert sum(weights.tried.values()) == 100
    assert min(weights.tried.values()) >= 0
    again = dict(TREE)
    for name, text in weights.named.items():
        path = next(each for each in parts() if each[-1] == name)
        whole = sum(weight for leaf, weight in TREE.items() if leaf[: len(path)] == path)
        for leaf, weight in TREE.items():
            if leaf[: len(path)] == path:
                again[leaf] = weight * Fraction(text) / whole
    assert again == weights.tried


def test_an_indicator_moved_whole_is_one_name() -> None:
    """Parts keep their proportions under their whole, which alone is named; parts moved apart are named themselves."""
    weights = Weights(TREE, TREE).moved(("产出",), Fraction(60))
    assert weights.named == {"决策": "16", "产出": "60", "效益": "24"}
    apart = weights.moved(("产出", "质量"), Fraction(30))
    assert apart.named == {"决策": "16", "质量": "30", "效益": "24"}
    assert apart.weight(("产出",)) == 60


def test_a_locked_indicator_stays() -> None:
    """The free ones make room in proportion, and the one that moves goes no further than they can give."""
    weights = Weights(TREE, TREE).moved(("效益",), Fraction(100), {("决策",)})
    assert (weights.weight(("效益",)), weights.weight(("决策",)), weights.weight(("产出",))) == (80, 20, 0)


@pytest.fixture
def four(workspace_root: Path) -> Session:
    """A session on indicators of 20, 20, 40 and 20 points."""
    folder = workspace_root / "data" / "四项"
    folder.mkdir()
    text = "县区,甲（20分）,乙（20分）,丙（40分）,丁（20分）,得分\n东区,10,20,30,20,80\n西区,20,10,40,10,80\n"
    (folder / "得分.csv").write_text(text, encoding="utf-8")
    return Session(Workspace(workspace_root), ParameterSet("data/四项"))


def tried(session: Session) -> list[float]:
    """The tried weights in order."""
    assert session.weights is not None
    return [float(weight) for weight in session.weights.tried.values()]


def test_a_gesture_starts_from_the_same_weights(four: Session) -> None:
    """20/20/40/20 with the first at 30 is 30/17.5/35/17.5, back at 20 what it was, and through 100 too: one step to undo."""
    four.move(("甲",), 30)
    assert tried(four) == [30, 17.5, 35, 17.5]
    four.move(("甲",), 100)
    assert tried(four) == [100, 0, 0, 0]
    four.move(("甲",), 20)
    assert tried(four) == [20, 20, 40, 20]
    four.move(("甲",), 33)
    four.move(("乙",), 10)
    assert four.undo()
    assert tried(four) == [33, 16.75, 33.5, 16.75]
    assert four.undo()
    assert tried(four) == [20, 20, 40, 20]
    assert not four.undo()
    assert four.redo()
    assert tried(four) == [33, 16.75, 33.5, 16.75]
