"""Write the reference pages of docs/reference from the code: `python -m scripts.reference`. A test keeps them in step."""

from __future__ import annotations

from pathlib import Path

from wenxiao.evaluation import CHECKS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"


def checks_page() -> str:
    """The list of checks of the audit (勾稽核对)."""
    lines = [
        "# Checks of the audit 勾稽核对",
        "",
        "Written from the code by `python -m scripts.reference`. A check of figures states what must agree; a difference is",
        "raised only if no values inside the printed precision satisfy it. Where one figure alone, if changed, would make",
        "all others agree, the finding names it.",
        "",
        "| code | 核对 | 规则 | kind |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {'<br>'.join(f'`{code}`' for code in check.codes)} | {check.title} | {check.rule} | {'figures' if check.constrain else 'facts'} |"
        for check in CHECKS
    ]
    return "\n".join(lines) + "\n"


PAGES = {"checks.md": checks_page}
"""Each page and what writes it."""


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
