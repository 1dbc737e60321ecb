"""Parameters in the injected cell: any text is one literal that people can read."""

import ast

from hypothesis import given
from hypothesis import strategies as st
from wenxiao.batch.notebook.execution import ReadableTranslator


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_translated_text_is_the_text(text: str) -> None:
    """Whatever a text holds, the literal in the injected cell is one line and means that text."""
    literal = ReadableTranslator.translate(text)
    assert ast.literal_eval(literal) == text
    assert literal.isprintable()


def test_other_values_are_papermills() -> None:
    """Lists, mappings, dates and the rest stay as papermill writes them, with readable texts in them."""
    assert ReadableTranslator.codify({"a": ["甲", 1], "b": {"乙": None}, "c": True}) == (
        '# Parameters\na = ["甲", 1]\nb = {"乙": None}\nc = True\n'
    )
