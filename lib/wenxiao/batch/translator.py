"""Parameters as Python in the injected cell: readable, and secrets by the name of their environment variable only."""

from __future__ import annotations

from papermill.translators import PythonTranslator, papermill_translators

from wenxiao.batch.choice import KERNEL
from wenxiao.batch.secrets import variable_of


class ReadableTranslator(PythonTranslator):  # type: ignore[misc]  # papermill has no types
    r"""papermill's Python, with printable characters as they are.

    >>> ReadableTranslator.translate('朝阳区 "甲"\n')
    '"朝阳区 \\"甲\\"\\n"'
    >>> ReadableTranslator.translate('${ENV:PASSWORD}')
    '__import__("os").environ["PASSWORD"]'
    """

    @classmethod
    def translate_escaped_str(cls, str_val: object) -> str:
        """The Python literal of a text; of a secret, the expression that takes it from the environment."""
        variable = variable_of(str_val)
        if variable:
            return f'__import__("os").environ["{variable}"]'
        text = "".join(
            character
            if character.isprintable() and character != "\\"
            else character.encode("unicode_escape").decode("ascii")
            for character in str(str_val)
        )
        return '"' + text.replace('"', r"\"") + '"'


def write_readably() -> None:
    """Nothing; papermill in this process writes parameters so."""
    papermill_translators.register(KERNEL, ReadableTranslator)
