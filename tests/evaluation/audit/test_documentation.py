"""Every code the audit can emit is listed with its check."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import wenxiao.evaluation
from wenxiao.evaluation import checks

FOLDER = Path(wenxiao.evaluation.__file__).parent
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+")


def test_every_code_in_the_audit_is_documented() -> None:
    """Whatever looks like a code in the modules of the audit is a code of a check, and the other way round."""
    listed = [code for check in checks() for code in check.codes]
    written = {
        node.value
        for path in (*sorted((FOLDER / "audit").glob("*.py")), FOLDER / "survey.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }
    assert written == set(listed)


def test_a_code_has_one_meaning() -> None:
    """No two checks emit findings of one code."""
    listed = [code for check in checks() for code in check.codes]
    assert len(listed) == len(set(listed))
