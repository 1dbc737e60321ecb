"""The READMEs: both say the same commands, each link leads somewhere. `tests/test_readme.py` runs the commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#]+)\)")


def commands(readme: str) -> list[str]:
    """The commands of a README's console blocks, in order."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    return [line.strip() for block in _BLOCK.findall(text) for line in block.strip().splitlines()]


def test_both_readmes_give_the_same_commands() -> None:
    """The Chinese and the English README name the same commands in the same order."""
    assert commands(READMES[0]) == commands(READMES[1])


@pytest.mark.parametrize("readme", READMES)
def test_links_lead_somewhere(readme: str) -> None:
    """Every relative link and picture of a README is in the checkout."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [link for link in _LINK.findall(text) if "://" not in link and not (ROOT / link).exists()] == []
