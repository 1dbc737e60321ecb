"""The guard of a correction: it holds for the very figure that was registered."""

from __future__ import annotations

import pytest
from wenxiao.project.corrections import _same


@pytest.mark.parametrize(
    ("found", "printed", "same"),
    [
        (0.6389, "63.89%", True),
        (1234.5, "1,234.50", True),
        (82.6, "82.2", False),
        (0.64, "63.89%", False),
        (100, "101", False),
        (None, "", True),
    ],
)
def test_only_the_registered_figure_is_corrected(found: object, printed: str, same: bool) -> None:
    """A source that changed by however little is no longer what was registered; another way to write it is."""
    assert _same(found, printed) is same
