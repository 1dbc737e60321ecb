"""The page of fields, kinds of table and sources of funds."""

from __future__ import annotations

from wenxiao.fields import standard_registry
from wenxiao.fields.relations import standard_relations

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
    return page(*lines, "", "## Sources of funds 资金来源", "", *sources, "", *_relations())


def _relations() -> list[str]:
    """The relations between fields: what a rate is divided by, what a balance is left of."""
    declared = standard_relations()
    rates = table(
        ("key", "label", "numerator", "denominator", "also in practice"),
        (
            (f"`{each.key}`", each.label, f"`{each.above}`", f"`{each.below}`", _keys(each.others))
            for each in declared.rates
        ),
    )
    balances = (
        f"{each.label} ({'、'.join(each.words)} in a header): one of {_keys(each.wholes)} less {_keys(each.less)}."
        for each in declared.balances
    )
    instead = (
        f"Where only `{other}` is given it stands for `{key}`, and the basis says so."
        for key, other in declared.instead.items()
    )
    return [
        "## Relations 勾稽关系",
        "",
        "A profile's `denominators` go before these.",
        "",
        *rates,
        "",
        *balances,
        *instead,
    ]


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
