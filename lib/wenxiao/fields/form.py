"""The forms of the field: what blocks each is made of, and the names that the columns of a block go by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wenxiao.fields.periods import months_in
from wenxiao.fields.wording import plain, shorter_forms

Purpose = Literal["self_evaluation", "goals", "monitoring", "review", "summary"]


_DECEMBER = 12


@dataclass(frozen=True)
class BlockType:
    """A block of a form, which its columns tell.

    kind      the kind of table it becomes
    needs     of every group one column must be there
    columns   key → the names of that column in this block, beside those of the registry
    labels    what stands beside or above it (项目资金); words that propose, never decide
    whole     names of the row that is the whole of the others
    names     the field of its rows' names where they have no column header of their own
    """

    key: str
    kind: str
    needs: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    labels: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    names: str = ""

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {plain(name): key for key, names in self.columns.items() for name in names}

    def key_of(self, text: str) -> str | None:
        """The column that a header names by a name of this block's own, or None; 1~7月 and the like are 截至目前."""
        months = months_in(text)
        so_far = months is not None and months.first == 1 and months.last < _DECEMBER
        forms = (plain(f"截至目前{months.rest}" if months and so_far else text), *shorter_forms(text))
        return next((self._by_name[form] for form in forms if form in self._by_name), None)

    def admits(self, keys: Iterable[str]) -> bool:
        """Whether these columns are enough for it."""
        held = set(keys)
        return all(held.intersection(group) for group in self.needs)

    def labelled(self, text: str) -> bool:
        """Whether a text is one of its labels, with or without a number, its points or its unit."""
        bare = plain(text).rstrip("0123456789一二三四五六七八九十")
        return any(bare == plain(label) for label in self.labels)


@dataclass(frozen=True)
class FormType:
    """A form: the words of its title, its blocks, and where its layout comes from.

    texts     labels of what stands beside them, be it words or a figure without a unit
    amounts   labels of amounts of money, in 万元 where nothing beside them says otherwise
    rules     the profile of the place that the form is of, '' where it is of no one place
    """

    key: str
    label: str
    purpose: Purpose
    source: str
    seen: bool
    titles: tuple[str, ...]
    blocks: tuple[BlockType, ...]
    texts: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    rules: str = ""

    def titled(self, text: str) -> int:
        """How many letters of a title speak for this form; 0 where none do."""
        return max((len(title) for title in self.titles if title in plain(text)), default=0)

    def gives(self, label: str) -> bool:
        """Whether a label is that of a text or an amount of this form."""
        return _begins(label, self.texts) or self.is_amount(label)

    def is_amount(self, label: str) -> bool:
        """Whether a label is that of an amount of money."""
        return _begins(label, self.amounts)


def _begins(label: str, words: tuple[str, ...]) -> bool:
    forms = (plain(label), *shorter_forms(label))
    return any(form.startswith(plain(word)) for form in forms for word in words)
