"""What every panel of the explorer is, and the pane that shows blocks of the display as a report would."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

import ipywidgets as widgets
from markupsafe import escape

from wenxiao.display import html_of
from wenxiao.explorer.session import Session
from wenxiao.model import WenxiaoError


class Panel(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Controls and panes one below the other, drawn from the session's state and only while they are looked at.

    What changes behind a panel that is hidden is drawn when it is shown: a redraw costs one panel, not all. What goes wrong
    is said in `message`, where the person looks. A panel that was closed, because another project was opened, hears no more
    of what its controls still send.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.message = widgets.HTML()
        self._shown, self._stale, self._drawing, self._closed = False, True, False, False
        super().__init__()
        self._unheard = session.listen(self.follow, self.follow_trial)

    def __repr__(self) -> str:
        # ipywidgets' own makes a second widget without arguments to find the defaults.
        return f"<{type(self).__name__}>"

    @abstractmethod
    def draw(self) -> None:
        """Sets every control and pane to what the session's state is now."""

    def draw_trial(self) -> None:
        """Sets what depends on tried weights alone; nothing where none of the panel does."""

    def when(self, control: widgets.Widget, act: Callable[[Any], object], trait: str = "value") -> None:
        """Has `act` called with each value that a person gives a control; not with those that drawing gives it."""
        control.observe(lambda change: self._heard(lambda: act(change["new"])), trait)

    def press(self, button: widgets.Button, act: Callable[[], object]) -> None:
        """Has `act` called when a button is pressed."""
        button.on_click(lambda _: self._heard(act))

    def say(self, text: str) -> None:
        """Shows a line of markup above the panel's results."""
        self.message.value = text

    def follow(self) -> None:
        """Draws the panel anew, now or when it is next shown."""
        self._follow(self.draw)

    def follow_trial(self) -> None:
        """Draws what depends on tried weights, now or when the panel is next shown."""
        if type(self).draw_trial is not Panel.draw_trial:
            self._follow(self.draw_trial)

    def show(self, *, shown: bool) -> None:
        """Notes whether the panel is looked at, and draws it where that was left undone."""
        self._shown = shown
        if shown and self._stale:
            self.follow()

    def leave(self) -> None:
        """Closes the panel and its controls for good."""
        self._closed = True
        self._unheard()
        _close(self)

    def _follow(self, draw: Callable[[], None]) -> None:
        self._stale = self._stale or not self._shown
        if self._shown and not self._closed:
            if self._stale:
                draw = self.draw
            self._stale = False
            with self._told():
                self.say(told(self.session.problems))
                self._drawn(draw)

    def _drawn(self, draw: Callable[[], None]) -> None:
        before, self._drawing = self._drawing, True
        try:
            draw()
        finally:
            self._drawing = before

    def _heard(self, act: Callable[[], object]) -> None:
        if self._drawing or self._closed:
            return
        before = self.session.state
        with self._told():
            act()
            if self.session.state == before and self._shown:
                self._drawn(
                    self.draw
                )  # a control shows what was asked; where that changed nothing it goes back

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Shows what goes wrong inside the block: a widget's own way is a log that nobody sees."""
        try:
            yield
        except WenxiaoError as error:
            self.say(told(tuple(str(problem) for problem in error.problems)))
        except OSError as error:
            self.say(told((f"文件读写失败：{error.strerror or error}（{error.filename or '未知文件'}）。",)))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person who pressed the button must see it
            self.say(told((f"程序内部错误：{type(error).__name__}：{error}。处理：撤销或重新读取后再试。",)))


def _close(widget: widgets.Widget) -> None:
    """Closes a widget and all it holds."""
    for child in getattr(widget, "children", ()):
        _close(child)
    widget.close()


_numbers = count(1)


class Pane(widgets.HTML):  # type: ignore[misc]  # ipywidgets has no types
    """An HTML widget whose content is values of the field."""

    def show(self, *values: Any) -> None:
        """Shows these values one below the other, those that are None left out."""
        prefix = f"x{next(_numbers)}"
        parts = [html_of(value, f"{prefix}-{i}") for i, value in enumerate(values)]
        self.value = "".join(part for part in parts if part)


def line(*controls: widgets.Widget) -> widgets.Box:
    """Controls side by side, those that have no room in a narrow window below the others."""
    return widgets.Box(controls, layout=widgets.Layout(flex_flow="row wrap", overflow="visible"))


def choose(control: widgets.Dropdown, names: tuple[str, ...], name: str | None) -> None:
    """Has a dropdown offer these names with one of them chosen.

    What is chosen is sent after the names: a browser that has the index first shows nothing as chosen.
    """
    if tuple(control.options) != names:
        control.options, control.value = names, None
    control.value = name


def one_of(names: tuple[str, ...], wanted: object) -> str | None:
    """What is wanted where it is among the names, else the first of them."""
    return wanted if isinstance(wanted, str) and wanted in names else next(iter(names), None)


def versions(texts: Mapping[str, tuple[str, str]]) -> str:
    """Two versions of the same words side by side: what was typed, and what the file holds now."""
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td style="white-space:pre-wrap">{escape(own)}</td>'
        f'<td style="white-space:pre-wrap">{escape(other)}</td></tr>'
        for name, (own, other) in texts.items()
    )
    head = "<tr><td></td><th>我写的</th><th>文件里的</th></tr>"
    return f'<div class="wx"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>' if rows else ""


def quiet(text: str) -> str:
    """A line of small type; the text stays text."""
    return f'<div class="wx"><p class="wx-note">{escape(text)}</p></div>'


def told(problems: tuple[str, ...]) -> str:
    """Problems as lines in the colour of errors, with the word."""
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    return (
        f'<div class="wx" role="alert"><p><b class="wx-error">错误</b></p><ul>{lines}</ul></div>'
        if lines
        else ""
    )
