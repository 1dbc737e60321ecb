"""Tidy data as text: nothing in it becomes a formula when it is opened."""

import pytest
from wenxiao.collect.tidy import _inert


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＝1+1",
        "  =1",
        "\t=1",
        "\r\n=1",
        "\u3000＋A1",
        "@SUM(1)",
        "＠a",
        "\u200b=1",
        "\xa0-1+1",
        "-cmd",
    ],
)
def test_what_a_program_may_take_for_a_formula_is_quoted(text: str) -> None:
    """In full width, and behind blanks, tabs, line breaks and signs that nobody sees."""
    assert _inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.5", "+3", "甲=乙", "约12", "", " 甲"])
def test_numbers_and_words_stay(text: str) -> None:
    """A signed number is a number, and a sign inside words is none."""
    assert _inert(text) == text
