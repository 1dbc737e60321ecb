"""What every panel of the explorer is."""

from __future__ import annotations

import ipywidgets as widgets


class Panel(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Controls and panes one below the other."""

    def __repr__(self) -> str:
        # ipywidgets' own makes a second widget without arguments to find the defaults.
        return f"<{type(self).__name__}>"
