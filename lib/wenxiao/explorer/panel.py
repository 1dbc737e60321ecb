"""What every panel of the explorer is."""

from __future__ import annotations

from abc import abstractmethod

import ipywidgets as widgets


class Panel(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Controls and panes one below the other, drawn only while they are looked at.

    What changes behind a panel that is hidden is drawn when it is shown: a redraw costs one panel, not all.
    """

    _shown = False
    _stale = True

    def __repr__(self) -> str:
        # ipywidgets' own makes a second widget without arguments to find the defaults.
        return f"<{type(self).__name__}>"

    @abstractmethod
    def refresh(self) -> None:
        """Nothing; the panel shows the session as it is now."""

    def follow(self) -> None:
        """Nothing; the panel is drawn anew, now or when it is next shown."""
        self._stale = not self._shown
        if self._shown:
            self.refresh()

    def show(self, *, shown: bool) -> None:
        """Nothing; the panel is looked at from now on, or no longer."""
        self._shown = shown
        if shown and self._stale:
            self.follow()
