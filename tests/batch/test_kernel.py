"""What papermill's stock way of running lacks: sockets that do not race, and parameters that can be read."""

import ast
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from wenxiao.batch.kernel import ReadableTranslator, connection


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


def test_kernels_talk_through_sockets_of_their_own() -> None:
    """A kernel's sockets lie in the folder it is given, so that no other takes its place."""
    config = connection(Path("/tmp/x"))
    assert config.ConnectionFileMixin.transport == "ipc"
    assert config.ConnectionFileMixin.connection_file == str(Path("/tmp/x/kernel.json"))


def test_a_path_too_long_for_a_socket_means_tcp() -> None:
    """Where the system would cut the path of a socket, the kernel talks over TCP."""
    assert "transport" not in connection(Path("/tmp") / ("长" * 30)).ConnectionFileMixin
