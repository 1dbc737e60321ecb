"""The forms on a sheet, one below the other: their titles, their blocks, the lines that name and give, what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wenxiao.fields import plain
from wenxiao.model import Role
from wenxiao.sheets.cells.grid import Grid
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.cells.wording import compact, is_meta, is_note, role_of
from wenxiao.sheets.forms.block import Block, belongs, block_at, has_figures, is_other_header, own_cells
from wenxiao.sheets.forms.pairs import Pair, explains, knows, pairs_of
from wenxiao.sheets.forms.titles import MOST_CELLS, titles_in

if TYPE_CHECKING:
    from wenxiao.fields import BlockType, FormType, Registry

_TOTAL = re.compile(r"(自评|合计|复核)?总分|总得分|合计得分|综合得分|合计")


@dataclass
class Filled:
    """One form on a sheet as far as it was understood: rows are 0-based."""

    type: FormType
    top: int
    titled: bool
    titles: list[int] = field(default_factory=list)
    metas: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    sides: list[tuple[int, int]] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    bottom: int = 0
    left: int = 0

    @property
    def scorecard(self) -> Block | None:
        """The block of indicators with scores."""
        return next((block for block in self.blocks if block.type.kind == "scorecard"), None)


def forms_in(grid: Grid, registry: Registry) -> list[Filled]:
    """The forms of a sheet from top to bottom; empty where it holds none."""
    if not registry.forms or grid.height * grid.width > MOST_CELLS:
        return []
    return [
        form
        for form in _Scan(grid, registry, titles_in(grid, registry)).forms()
        if form.blocks and (form.titled or _plain_form(form, registry))
    ]


def _plain_form(form: Filled, registry: Registry) -> bool:
    """Whether what no title announces is a form all the same: two blocks, and goals or the name of a project."""
    kinds = {block.type.key for block in form.blocks}
    named = any(_particular(pair, registry) == "project_name" for pair in form.pairs)
    return len(kinds) >= 2 and bool(kinds & {"indicators", "targets"}) and (named or "goals" in kinds)


def _particular(pair: Pair, registry: Registry) -> str:
    found = registry.match(pair.label, "head")
    return "" if found is None else found.key


class _Scan:
    """The forms of one sheet in the making."""

    def __init__(self, grid: Grid, registry: Registry, titled: dict[int, list[FormType]]) -> None:
        self.grid, self.registry, self.titled = grid, registry, titled
        self.found: list[Filled] = []
        self.open: Block | None = None
        self.side = ""
        self.kinds: list[FormType] = []

    def forms(self) -> list[Filled]:
        row = 0
        while row < self.grid.height:
            row = self._row(row)
        return [self._typed(form) for form in self.found]

    def _row(self, row: int) -> int:
        """Takes a row; gives the next one."""
        held = own_cells(self.grid, row)
        if not held:
            return row + 1
        kinds = self.titled.get(row)
        if kinds and "续" not in compact(self.grid.text(row, held[0])):
            if not self._same_again(row):
                self._begin(row, kinds)
            self.found[-1].titles.append(row)
            self.found[-1].metas += [row] if len(held) > 1 else []
            return row + 1
        if not self.found:
            self._begin(row, [])
        form = self.found[-1]
        form.bottom = row
        if kinds:
            form.titles.append(row)
            return row + 1
        if (block := block_at(self.grid, row, self._types(), self.registry)) is not None:
            self._take(form, block)
            form.bottom = block.header[1]
            return block.header[1] + 1
        self._line(form, row, held)
        return row + 1

    def _same_again(self, row: int) -> bool:
        """Whether a title is that of the open form on its next page: the same words, and its open block goes on below it."""
        if not self.found or self.open is None or not self.found[-1].titles:
            return False
        grid, first = self.grid, self.found[-1].titles[0]
        if [grid.text(row, c) for c in own_cells(grid, row)] != [
            grid.text(first, c) for c in own_cells(grid, first)
        ]:
            return False
        below = (
            r
            for r in range(row + 1, grid.height)
            if (held := own_cells(grid, r)) and not is_meta(grid.text(r, held[0]))
        )
        after = next(below, None)
        block = None if after is None else block_at(grid, after, self._types(), self.registry)
        return block is not None and block.type is self.open.type and block.columns == self.open.columns

    def _begin(self, row: int, kinds: list[FormType]) -> None:
        """A new form, or the title of the one that has nothing but lines above it so far."""
        self.open, self.kinds = None, kinds
        if self.found and not self.found[-1].blocks and not self.found[-1].titled:
            form = self.found[-1]
            form.type, form.titled = self._any_of(kinds), bool(kinds)
            return
        self.found.append(Filled(self._any_of(kinds), row, bool(kinds), bottom=row))

    def _any_of(self, kinds: list[FormType]) -> FormType:
        """The form with the lines of all that a title fits, until its blocks tell which of them it is."""
        if not kinds:
            return self.registry.forms[0]
        texts = tuple(text for kind in kinds for text in kind.texts)
        return replace(kinds[0], texts=texts, amounts=tuple(text for kind in kinds for text in kind.amounts))

    def _types(self) -> list[BlockType]:
        """The blocks to look for: those of the form that the title names first, then all others."""
        own = [block for form in self.kinds for block in form.blocks]
        keys = {block.key for block in own}
        return own + [block for block in self.registry.blocks if block.key not in keys]

    def _take(self, form: Filled, block: Block) -> None:
        """A block goes on where the same header stands again (the next page, the next goal), else it is a new one."""
        form.headers += range(block.header[0], block.header[1] + 1)
        before = next(
            (
                each
                for each in form.blocks
                if each.type is block.type and each.columns == block.columns and self._same_label(each, block)
            ),
            None,
        )
        if before is None:
            form.blocks.append(block)
        self.open = before or block

    def _same_label(self, one: Block, other: Block) -> bool:
        if one.side is None or other.side is None:
            return True
        labels = [
            plain(self.grid.text(*each)).rstrip("0123456789一二三四五六七八九十")
            for each in (one.side, other.side)
        ]
        return labels[0] == labels[1]

    def _line(self, form: Filled, row: int, held: list[int]) -> None:
        """Takes a row that is no header: of the open block, a total, pairs, a note, or none of them."""
        grid, block, first = self.grid, self.open, self.grid.text(row, held[0])
        card = form.scorecard
        edge = -1 if block is None else (block.first if block.side is None else block.side[1])
        if (
            card is not None
            and _TOTAL.fullmatch(compact(first))
            and held[0] <= card.first
            and (block is None or block is card or held[0] <= edge)
            and has_figures(grid, row, range(grid.width))
        ):
            form.totals.append(row)
            card.body.append(row)
            return
        if all(is_meta(grid.text(row, each)) and ":" in compact(grid.text(row, each)) for each in held) or (
            len(held) == 1 and is_note(first)
        ):
            form.pairs += pairs_of(grid, row, form.type, self.registry)
            (form.notes if is_note(first) else form.metas).append(row)
            return
        if block is not None and is_other_header(grid, row, block, self.registry):
            self.open = None
            return
        if block is not None and not self._leaves(form, row, held, edge) and belongs(grid, row, block):
            block.body.append(row)
            return
        pairs = pairs_of(grid, row, form.type, self.registry, free=not form.blocks)
        if pairs:
            self._named(form, row, pairs)
        elif not has_figures(grid, row, held) and (
            len(held) == 1 or all(knows(grid.text(row, each), form.type, self.registry) for each in held)
        ):
            form.notes.append(row)

    def _leaves(self, form: Filled, row: int, held: list[int], edge: int) -> bool:
        """Whether a row of pairs ends the open block, or stands between its lines."""
        grid, block = self.grid, self.open
        assert block is not None
        first = grid.text(row, held[0])
        pairs = pairs_of(grid, row, form.type, self.registry)
        if block.side is not None and first == grid.text(*block.side):
            held = held[1:]
        elif held[0] <= edge and (
            (pairs and explains(pairs, held if pairs[0].name_column == held[0] else held[1:]))
            or (knows(first, form.type, self.registry) and not has_figures(grid, row, block.columns))
        ):
            self.open = None
            return True
        if block.type.kind != "funds":
            return False
        texts = [c for c in held if c in block.columns and grid.textures[row, c] == Texture.TEXT]
        return any(knows(grid.text(row, c), form.type, self.registry) for c in texts) or bool(
            pairs
            and not has_figures(grid, row, block.columns)
            and any(re.search("[:：].", grid.text(row, c)) for c in held)
        )

    def _named(self, form: Filled, row: int, pairs: list[Pair]) -> None:
        """Takes pairs; the name of another project begins another form."""
        names = [pair for pair in pairs if _particular(pair, self.registry) == "project_name"]
        if names and form.blocks and any(_particular(p, self.registry) == "project_name" for p in form.pairs):
            self.open = None
            self.found.append(Filled(form.type, row, form.titled, bottom=row))
            form = self.found[-1]
        first = own_cells(self.grid, row)[0]
        if first < pairs[0].name_column:
            self.side = self.grid.text(row, first)
            form.sides.append((row, first))
        elif self.open is not None and self.open.side is not None:
            self.side = self.grid.text(*self.open.side)
        elif first == 0 or not any(pair.row == row - 1 for pair in form.pairs):
            self.side = ""
        form.pairs += [replace(pair, side=self.side) for pair in pairs]

    def _typed(self, form: Filled) -> Filled:
        """The form with its type: of those its title fits, the one that has most of its blocks."""
        kinds = [each for row in form.titles for each in self.titled.get(row, ())] or list(
            self.registry.forms
        )
        own = {block.type.key for block in form.blocks}
        form.type = max(
            kinds,
            key=lambda kind: (
                len(own & {b.key for b in kind.blocks}),
                *(() if form.titled else (kind.seen, len(kind.blocks))),
            ),
        )
        form.left = min(
            (c for row in (form.top, *form.headers) for c in own_cells(self.grid, row)), default=0
        )
        return form


def is_whole(name: str, block: BlockType) -> bool:
    """Whether the name of a row of money says that it is the whole of the others."""
    return plain(name) in {plain(word) for word in block.whole} or role_of(name) is Role.TOTAL
