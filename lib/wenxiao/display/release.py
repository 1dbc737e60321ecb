"""A block as one audience may see it: cut before it is rendered, so that the page and the text beside it hold the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress

from wenxiao.display.blocks import Block, Group
from wenxiao.display.chart import ChartBlock
from wenxiao.display.inline import Inline, Quiet, cells_of, plain_text
from wenxiao.display.key_points import KeyPoints
from wenxiao.display.summary import Strip
from wenxiao.display.tables import ReportTable, Row
from wenxiao.evaluation import Audience

_CELL = Quiet("公开稿不列")


def for_audience(block: Block, audience: Audience) -> Block | None:
    """The block without what its readers may not see; None where nothing of it may stand.

    An internal edition has all of it. An edition for release has no internal blocks; where it must not name the peers of
    a district, also no rows on them, and no sentence, note or chart that names one.
    """
    if not audience.release:
        return block
    if block.internal:
        return None
    match block:
        case Group(blocks=blocks):
            kept = tuple(cut for each in blocks if (cut := for_audience(each, audience)) is not None)
            return replace(block, blocks=kept) if kept else None
        case Strip(tiles=tiles):
            shown = tuple(
                tile
                for tile in tiles
                if not tile.internal and not _names(audience, tile.label, tile.figure, tile.note)
            )
            return replace(block, tiles=shown) if shown else None
        case KeyPoints():
            lines = tuple(
                each
                for each in block.points
                if not each.internal and not _names(audience, each.label, each.words)
            )
            return replace(block, points=lines) if lines else None
        case ReportTable():
            public = _without_internal(block)
            return _table(public, audience) if audience.peers else public
        case ChartBlock():
            return None if _drawn(block, audience) else block
    return None if audience.names_a_peer(block.text()) else block


def _without_internal(table: ReportTable) -> ReportTable:
    """The table without the columns that stay in the house."""
    if not any(head.internal for head in table.heads):
        return table
    kept = [not head.internal for head in table.heads]
    rows = (replace(row, cells=tuple(compress(row.cells, kept))) if row.cells else row for row in table.rows)
    return replace(table, heads=tuple(compress(table.heads, kept)), rows=tuple(rows))


def _table(table: ReportTable, audience: Audience) -> ReportTable | None:
    """The table with the rows on the reader's own district, and the sums; None where its title or a header names a peer."""
    if _names(audience, table.title, table.stub.name, *(head.name for head in table.heads)):
        return None
    rows = tuple(
        _row(row, audience)
        for row in table.rows
        if (row.own or row.kind == "summary" or not table.peers) and not _names(audience, row.stub)
    )
    if not rows:
        return None
    notes = tuple(note for note in table.notes if not _names(audience, note))
    sources = [table.source, *(f"{cell.file}\n{cell.sheet}" for f in table.figures() for cell in cells_of(f))]
    source = "报送的表格" if _names(audience, *sources) else table.source
    cut = replace(table, rows=rows, notes=notes, source=source, peers=False)
    return cut.with_notes(f"公开稿不列其他{table.stub.name}。") if table.peers else cut


def _row(row: Row, audience: Audience) -> Row:
    cells = tuple(_CELL if _names(audience, cell) else cell for cell in row.cells)
    return replace(row, cells=cells)


def _drawn(block: ChartBlock, audience: Audience) -> bool:
    """Whether a chart draws a peer, in its words or in its data."""
    chart = block.chart
    data = (
        datum if isinstance(datum, str) else plain_text(datum) for row in chart.data.rows for datum in row
    )
    return _names(audience, chart.title, chart.subtitle, chart.alt, chart.svg, *chart.data.headers, *data)


def _names(audience: Audience, *parts: Inline) -> bool:
    return any(audience.names_a_peer(plain_text(part)) for part in parts)
