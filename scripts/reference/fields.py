"""The page of fields, kinds of table and sources of funds."""

from __future__ import annotations

from wenxiao.fields import standard_registry

from scripts.reference.table import WRITTEN, page, table


def fields_page() -> str:
    """The registry: what a table is recognised by, and which headers mean which field."""
    registry = standard_registry()
    lines = [
        "# Fields 字段",
        "",
        f"{WRITTEN} A header is compared without blanks, brackets, units, a leading year and 其中;",
        "one that is not listed keeps its own name, and its figures are kept with it.",
    ]
    for kind in registry.kinds:
        fields = [field for field in registry.fields if kind.key in field.kinds]
        needs = "; ".join(" or ".join(f"`{key}`" for key in group) for group in kind.requires)
        lines += (
            [
                "",
                f"## {kind.label} `{kind.key}`",
                "",
                f"Needed: {needs}." if needs else "Recognised by its layout: a row a field.",
                "",
                *table(
                    ("key", "label", "unit", "type", "also read as"),
                    (
                        (
                            f"`{field.key}`",
                            field.label,
                            field.unit.symbol if field.unit else "",
                            field.type,
                            "、".join(field.aliases),
                        )
                        for field in fields
                    ),
                ),
            ]
            if fields
            else ["", f"## {kind.label} `{kind.key}`", "", "No fields of its own."]
        )
    sources = table(
        ("source", "group", "words"),
        ((source.name, source.group, "、".join(source.aliases)) for source in registry.sources),
    )
    return page(*lines, "", "## Sources of funds 资金来源", "", *sources)
