"""IPython shows values by type."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from wenxiao import display as show
from wenxiao.evaluation import Evaluation
from wenxiao.evaluation.robustness import matrix_of_scorecards
from wenxiao.evaluation.trial import WHOLE
from wenxiao.evaluation.what_if import what_if


@pytest.fixture
def shell() -> InteractiveShell:
    """A shell with the formatters registered."""
    shell = InteractiveShell()
    show.register(shell)
    return shell


def test_every_part_of_an_evaluation_has_a_display(shell: InteractiveShell, linyi: Evaluation) -> None:
    """HTML and text, by type, without a page."""
    values = [linyi, linyi.project, linyi.verdict.score, linyi.verdict.grade, linyi.funds, linyi.scorecard]
    values += [linyi.ranking, linyi.project.tables[0], linyi.findings[0], linyi.scorecard.indicators[0].score]
    values += [linyi.findings, linyi.robustness]
    assert linyi.scorecard is not None
    matrix = matrix_of_scorecards({WHOLE: linyi.scorecard})
    values.append(what_if(matrix, {"决策": 20, "过程": 20}, linyi.profile))
    for value in values:
        data, _ = shell.display_formatter.format(value)
        assert data["text/html"].startswith('<div class="wx">'), value
        assert data["text/plain"], value
        assert not data["text/plain"].startswith("<"), value


def test_an_ordinary_sequence_is_shown_as_ever(shell: InteractiveShell) -> None:
    """Only a list of findings has a display of its own; other tuples and lists keep IPython's."""
    for value, text in (((1, 2), "(1, 2)"), ([], "[]"), (["a"], "['a']")):
        assert shell.display_formatter.format(value)[0] == {"text/plain": text}


def test_two_outputs_share_no_id(shell: InteractiveShell, linyi: Evaluation) -> None:
    """A value shown twice in a notebook has ids of its own each time."""
    first, second = (shell.display_formatter.format(linyi.verdict.score)[0]["text/html"] for _ in range(2))
    assert 'popovertarget="v1-1"' in first
    assert 'popovertarget="v2-1"' in second


def test_an_unknown_type_is_an_error() -> None:
    """A value without a display is named, not shown as something else."""
    with pytest.raises(TypeError, match="no display for complex"):
        show.html_of(1j)


def test_public_names_are_what_they_say() -> None:
    """Every name in `__all__` is there, sorted, once."""
    assert sorted(set(show.__all__)) == sorted(show.__all__)
    assert all(hasattr(show, name) for name in show.__all__)
