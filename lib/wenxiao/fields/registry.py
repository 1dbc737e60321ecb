"""Fields, kinds of table and funding sources, and how a header finds its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wenxiao.fields.form import BlockType, FormType
from wenxiao.fields.periods import months_in, of_another_year
from wenxiao.fields.wording import plain, shorter_forms, stem, stems, year_in
from wenxiao.model import Unit
from wenxiao.model.units import WAN_YUAN

FieldType = Literal["number", "rate", "text", "date", "year", "figure", "serial"]
"""number: an amount or a count · rate: kept as a fraction · text · date · year: a number that is also text ·
figure: a number or words, whichever stands there · serial: 序号, which repeats and restarts."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, its unit and type, in which kinds of table it stands.

    `kinds` is empty for a field that may stand in any table. The same key may be declared again for other kinds, with
    another unit (the 计划 of funds is money, the 计划 of outputs is whatever the row counts). `revised` are the aliases that
    mean the last state (调整后预算数): beside one of them another column of the field is the `former`. `span` are the months of
    the year that a field by period is of.
    """

    key: str
    label: str
    aliases: tuple[str, ...]
    unit: Unit | None
    type: FieldType
    kinds: tuple[str, ...]
    group: str = ""
    revised: tuple[str, ...] = ()
    former: str = ""
    span: tuple[int, int] | None = None

    @property
    def numeric(self) -> bool:
        """Whether a value that is no number is an error."""
        return self.type in ("number", "rate")

    def is_revised(self, header: str) -> bool:
        """Whether a header names the last state of the field."""
        return bool({plain(header), *shorter_forms(header)} & {plain(alias) for alias in self.revised})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table and how it is recognised.

    requires      every group must be met by one of its fields
    titles        words of a title that speak for this kind
    names         the fields that name a record, in order of preference
    layout        table: a row a record · head: a row a field
    transposable  whether a table may stand on its side, a column a record
    weak          headers of the names that many kinds of list use: they speak for this kind only where the names do
    names_like    a pattern that most names of this kind match
    any_names     whether the first column of texts may be proposed as the names, whatever it is called
    totals        whether a row named 合计 or 等级 is a total or a grade rather than a record
    open          whether a column of numbers under an unknown header is a figure of its own, known by that header
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    requires: tuple[tuple[str, ...], ...]
    titles: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    layout: Literal["table", "head"] = "table"
    transposable: bool = False
    totals: bool = True
    weak: tuple[str, ...] = ()
    names_like: str = ""
    open: bool = False
    any_names: bool = False

    def admits(self, keys: frozenset[str] | set[str]) -> bool:
        """Whether a table with these fields can be of this kind."""
        return all(any(key in keys for key in group) for group in self.requires)


@dataclass(frozen=True, slots=True)
class Source:
    """A funding source: its name, its other names, and the group it counts to (中央 and 省级 are 上级资金)."""

    name: str
    aliases: tuple[str, ...]
    group: str


@dataclass(frozen=True)
class Registry:
    """All fields, kinds and sources; the one definition that recognition, labels and documentation read."""

    fields: tuple[Field, ...]
    kinds: tuple[Kind, ...]
    sources: tuple[Source, ...] = ()
    forms: tuple[FormType, ...] = ()

    @cached_property
    def blocks(self) -> tuple[BlockType, ...]:
        """The blocks of all forms that are of one project."""
        return tuple(block for form in self.forms if form.purpose != "summary" for block in form.blocks)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Field]:
        index: dict[tuple[str, str], Field] = {}
        for field in self.fields:
            for kind in ("", *(field.kinds or self._kind_keys)):
                index.setdefault((field.key, kind), field)
        return index

    @cached_property
    def _kind_keys(self) -> tuple[str, ...]:
        return tuple(kind.key for kind in self.kinds)

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        return {kind.key: kind for kind in self.kinds}

    @cached_property
    def _by_alias(self) -> dict[tuple[str, str], Field]:
        index: dict[tuple[str, str], Field] = {}
        for field in self.fields:
            for alias in (field.label, *field.aliases):
                for kind in ("", *(field.kinds or self._kind_keys)):
                    index.setdefault((plain(alias), kind), field)
        return index

    @cached_property
    def _by_span(self) -> dict[tuple[str | None, tuple[int, int], str], Field]:
        """The fields of spans of the year by kind, span and the words beside it."""
        return {
            (kind, field.span, plain(months.rest)): field
            for field in self.fields
            if field.span is not None
            for kind in field.kinds
            for alias in (field.label, *field.aliases)
            if (months := months_in(alias)) is not None
        }

    @cached_property
    def _kinds_by_span(self) -> frozenset[str | None]:
        return frozenset(kind for kind, _, _ in self._by_span)

    def field(self, key: str, kind: str | None = None) -> Field:
        """The field of a key, in `kind` where one is named; KeyError with the known keys where there is none."""
        try:
            return self._by_key[key, kind or ""]
        except KeyError:
            known = sorted({name for name, of in self._by_key if of == (kind or "")})
            raise KeyError(
                f"no field {key!r} in {kind or 'the registry'}; known: {', '.join(known)}"
            ) from None

    def kind(self, key: str) -> Kind:
        """The kind of a key; KeyError with the known keys where there is none."""
        try:
            return self._kinds[key]
        except KeyError:
            raise KeyError(f"no kind {key!r}; known: {', '.join(self._kinds)}") from None

    def match(self, header_text: str, kind: str | None = None) -> Field | None:
        """The field a header names, in `kind` where one is given; None where no alias fits.

        Blanks, line breaks, brackets, a Latin translation, a leading year and 其中 do not count. Likeness is another
        question (`likely`), and its answer never more than a proposal.
        """
        for form in (plain(header_text), *shorter_forms(header_text)):
            field = self._by_alias.get((form, kind or ""))
            if field is not None:
                return field
        months = months_in(header_text) if kind in self._kinds_by_span else None
        if months is None:
            return None
        return self._by_span.get((kind, (months.first, months.last), plain(months.rest)))

    def line(self, label: str, form: FormType) -> Field | None:
        """The field of a line of a form that names and gives: the head's, else the form's own, known by its label; or None."""
        if (found := self.match(label, "head")) is not None or not form.gives(label):
            return found
        name = plain(label).removeprefix("其中").lstrip(":,、")
        if form.is_amount(label):
            return Field(name, label, (), WAN_YUAN, "number", ("head",))
        return Field(name, label, (), None, "figure", ("head",))

    def match_path(self, path: Sequence[str], kind: str | None = None) -> Field | None:
        """The field a header of several levels names: by its levels joined, else its last, else an earlier level.

        Only the last level speaks where it says something of its own: 支出情况 over 支出数 is 支出, and so is 执行率 below it.
        """
        if len(path) > 1 and (whole := self.match("".join(path), kind)) is not None:
            return whole
        if path and (last := self.match(path[-1], kind)) is not None:
            return None if last.span and any(map(of_another_year, path)) else last
        return None

    def dated(self, path: Sequence[str], kind: str) -> tuple[str, Field | None]:
        """The year a header names, '' for the whole (合计 over 预算数), and the field of the rest of it; none of two years.

        >>> from wenxiao.fields import standard_registry
        >>> year, field = standard_registry().dated(["2023年", "预算数"], "funds")
        >>> year, field.key
        ('2023', 'budget')
        """
        levels = [year_in(level) for level in path]
        years = {year for year, _ in levels if year}
        if len(years) > 1:
            return "", None
        rest = [words for year, words in levels if words or not year]
        return "".join(years), self.match_path(rest, kind)

    def likely(self, path: Sequence[str], kind: str) -> Field | None:
        """The one field of figures of a kind whose name has the stem of a header's last level; None where none or several do.

        >>> from wenxiao.fields import standard_registry
        >>> standard_registry().likely(["安排金额"], "funds").key
        'budget'
        """
        for form in stems(path[-1]) if path else ():
            if found := self._by_stem.get((form, kind)):
                return self.field(next(iter(found)), kind) if len(found) == 1 else None
        return None

    @cached_property
    def _by_stem(self) -> dict[tuple[str, str], set[str]]:
        index: dict[tuple[str, str], set[str]] = {}
        for field in self.fields:
            for alias in (field.label, *field.aliases) if field.numeric else ():
                for kind in field.kinds or self._kind_keys:
                    index.setdefault((stem(alias), kind), set()).add(field.key)
        return index

    def source(self, name: str) -> Source | None:
        """The funding source that `name` means: an exact name, else the first registered word it contains."""
        wanted = plain(name)
        for source in self.sources:
            if wanted in {plain(word) for word in (source.name, *source.aliases)}:
                return source
        for source in self.sources:
            if any(plain(word) in wanted for word in (source.name, *source.aliases)):
                return source
        return None

    def source_group(self, name: str) -> str | None:
        """The group a funding source counts to, or None for an unknown one.

        >>> from wenxiao.fields import standard_registry
        >>> standard_registry().source_group("中央补助")
        '上级资金'
        """
        source = self.source(name)
        return None if source is None else source.group
