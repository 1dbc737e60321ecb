"""The analyst's words in the document: paragraphs, numbered items, small headings and tables of Markdown, as written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from wenxiao.display.narrative import Words
from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.document.table import write_table
from wenxiao.reports.hand_over.printed import PrintedColumn, PrintedRow, PrintedTable

Run = str | tuple[str, str]


def write_words(paper: Paper, words: Words) -> None:
    """Adds the text to the document. Items of any list are numbered, as official papers do."""
    tokens = words.tokens()
    lists: list[int] = []
    style = ["BodyText"]
    pending = False
    position = 0
    while position < len(tokens):
        token = tokens[position]
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrGet("start") or 1)
                lists.append(lists[-1] if lists else paper.begin_list(start))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                pending = len(lists) > 1 or not _alone(tokens, position)
            case "heading_open":
                style.append("Subheading")
            case "blockquote_open":
                style.append("Quotation")
            case "heading_close" | "blockquote_close":
                style.pop()
            case "inline":
                for line in _lines(token.children or ()):
                    if lists and pending:
                        paper.item(lists[-1], len(lists) - 1, *line)
                        pending = False
                    else:
                        paper.paragraph(style[-1], *line)
            case "fence" | "code_block":
                for text in token.content.splitlines():
                    paper.paragraph("BodyText", text)
            case "table_open":
                position = _table(paper, tokens, position)
        position += 1


def _alone(tokens: Sequence[Token], position: int) -> bool:
    """Whether the item that opens there is the only one of its list: no 1. without a 2."""
    level = tokens[position].level
    around = [each.type for each in tokens[position - 1 :] if each.level == level or each.level == level - 1]
    last = next(place for place, kind in enumerate(around) if kind.endswith("list_close"))
    return tokens[position - 1].type.endswith("list_open") and around[1:last].count("list_item_open") == 1


def _lines(children: Sequence[Token]) -> Iterator[list[Run]]:
    """The lines of a paragraph: a break the analyst made stays one, a line end in the file does not."""
    line: list[Run] = []
    character: list[str] = []
    for child in children:
        match child.type:
            case "strong_open":
                character.append("Strong")
            case "em_open":
                character.append("Emphasis")
            case "strong_close" | "em_close":
                character.pop()
            case "hardbreak":
                yield line
                line = []
            case "softbreak":
                continue  # Chinese has no blank between lines
            case _:
                line.append((child.content, character[-1]) if character else child.content)
    yield line


def _table(paper: Paper, tokens: Sequence[Token], start: int) -> int:
    """The place of the table's end; the table stands in the document."""
    rows: list[list[str]] = []
    position = start
    while tokens[position].type != "table_close":
        if tokens[position].type == "tr_open":
            rows.append([])
        elif tokens[position].type == "inline":
            rows[-1].append("".join(child.content for child in tokens[position].children or ()))
        position += 1
    columns = tuple(PrintedColumn(name, words=True) for name in rows[0])
    write_table(paper, PrintedTable("", columns, tuple(PrintedRow(tuple(row)) for row in rows[1:])))
    return position
