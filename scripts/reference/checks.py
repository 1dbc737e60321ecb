"""The page of checks of the audit (勾稽核对)."""

from __future__ import annotations

from wenxiao.evaluation import checks

from scripts.reference.table import WRITTEN, page, table


def checks_page() -> str:
    """The list of checks."""
    return page(
        "# Checks of the audit 勾稽核对",
        "",
        f"{WRITTEN} A check of figures states what must agree; a difference is",
        "raised only if no values inside the printed precision satisfy it. Where one figure alone, if changed, would make",
        "all others agree, the finding names it.",
        "",
        *table(
            ("code", "核对", "规则", "kind"),
            (
                (
                    "<br>".join(f"`{code}`" for code in check.codes),
                    check.title,
                    check.rule,
                    "figures" if check.constrain else "facts",
                )
                for check in checks()
            ),
        ),
    )
