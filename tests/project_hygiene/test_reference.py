"""The reference pages are what the code says."""

import pytest
from wenxiao.evaluation import checks

from scripts.reference import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_reference_pages_are_in_step(name: str) -> None:
    """A page of docs/reference is what `python -m scripts.reference` would write now."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]()


def test_each_check_has_its_own_code() -> None:
    """No two checks share a code, a title or a rule."""
    assert (
        len({check.code for check in checks()}) == len({check.title for check in checks()}) == len(checks())
    )
