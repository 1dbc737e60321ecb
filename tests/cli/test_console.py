"""What commands print when something is wrong."""

from wenxiao.cli.console import complaint
from wenxiao.model import ParameterError, Problem


def test_all_problems_are_listed() -> None:
    """An error about parameters is a heading and a line a problem."""
    error = ParameterError([Problem("甲", file="a.yaml"), Problem("乙")])
    assert complaint(error, "有误：").plain == "有误：\n  a.yaml：甲。\n  乙。\n"
