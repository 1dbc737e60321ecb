"""relations.md: what figures have to do with each other."""

from __future__ import annotations

from wenxiao.fields import standard_registry
from wenxiao.fields.relations import standard_relations

from scripts.reference.table import WRITTEN, page, table


def relations_page() -> str:
    """The table of relations."""
    relations = standard_relations()
    kinds = {
        "sum 合计": relations.sums,
        "of-which 其中": relations.parts,
        "mean 平均": relations.means,
        "weight × rate": relations.weighted,
        "one quantity twice": relations.copies,
    }
    balances = (
        (
            "balance 结余",
            f"{each.label}：{'、'.join(each.words)}",
            f"{_or(each.wholes)} − {_or(each.less)}",
            "",
        )
        for each in relations.balances
    )
    rates = (
        (
            "rate 比率",
            each.label,
            f"{_label(each.above, each.kinds)} ÷ {_label(each.below, each.kinds)}",
            _or(each.others),
        )
        for each in relations.rates
    )
    return page(
        "# Relations between figures 勾稽关系",
        "",
        f"{WRITTEN} The table is `lib/wenxiao/fields/relations.yaml`: evaluation, audit, `check`, the questions to",
        "counties and their templates, and the working paper read it. A profile's `denominators` go before the denominator here.",
        "",
        *table(
            ("kind", "关系", "规则", "code"),
            (
                (
                    kind,
                    each.title or "、".join(map(_label, each.fields)),
                    each.rule or "填报表中超过的须说明",
                    f"`{each.code}`",
                )
                for kind, those in kinds.items()
                for each in those
            ),
        ),
        "",
        *table(
            ("kind", "比率、结余或占比", "算法", "实务中也用的分母"),
            (
                *rates,
                *balances,
                ("share 占比", "、".join(relations.shares.words), "各行 ÷ 合计", ""),
            ),
        ),
    )


def _label(key: str, kinds: tuple[str, ...] = ("funds",)) -> str:
    named = [field for field in standard_registry().fields if field.key == key]
    own = [field for field in named if not field.kinds or not kinds or set(kinds) & set(field.kinds)]
    return (own or named)[0].label if named else key


def _or(keys: tuple[str, ...]) -> str:
    return "、".join(map(_label, keys))
