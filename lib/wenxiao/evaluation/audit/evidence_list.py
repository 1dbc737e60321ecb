"""The evidence of scores and problems: cited and listed, listed and there, missing and decided upon."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from unicodedata import normalize

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.numbering import listed
from wenxiao.evaluation.deductions import ScoreLine, Support
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.evidence import Evidence, Presence
from wenxiao.evaluation.scoring import Decided
from wenxiao.model import CellRef, Finding, Severity, Table


def _undecided(evaluation: Evaluation) -> Iterator[Finding]:
    """Scores whose evidence is missing and that nobody has decided on: the score stands, and that is said. One a sheet."""
    for table, lines in _by_table(evaluation).items():
        found = [line for line in lines if line.support is Support.UNDECIDED]
        if not found:
            continue
        named = listed(f"{line.name}（得分 {line.row.filled.text}{_why(line)}）" for line in found)
        yield Finding(
            "evidence-undecided",
            Severity.WARNING,
            f"{table.name}证据",
            f"{named}缺少证据，得分照填报的数不动，待评价人决定扣分、不扣分还是补证。",
            printed=Support.UNDECIDED.value,
            recomputed="扣分、不扣分或补证",
            cells=(
                *(cell for line in found if (cell := line.basis.evidence_cell) is not None),
                *(line.basis.decision.cell for line in found if line.basis.decision is not None),
                *cells_of(*(line.row.filled for line in found)),
            ),
            about=tuple(line.lost.key for line in found),
            remedy="补列证据编号；确实没有的，由评价人在“缺证处理”写明扣分、不扣分或补证，并写决定人和日期",
        )


def _why(line: ScoreLine) -> str:
    decision = line.basis.decision
    parts = [f"证据 {'、'.join(line.lacking)} 未列入清单或未提供"] if line.lacking else []
    parts += [f"处理写“{decision.words}”，写法不明"] if decision is not None and decision.what is None else []
    return "".join(f"，{part}" for part in parts)


def _decisions(evaluation: Evaluation) -> Iterator[Finding]:
    """Decisions that nobody signed, that the score does not show, and evidence still awaited."""
    for table, lines in _by_table(evaluation).items():
        decided = [line for line in lines if line.basis.decision is not None and line.basis.decision.what]
        unsigned = [line for line in decided if line.basis.decision and not line.basis.decision.signed]
        ignored = [
            line
            for line in decided
            if line.basis.decision and line.basis.decision.what is Decided.DEDUCT and line.lost.number == 0
        ]
        awaited = [line for line in decided if line.support is Support.AWAIT]
        for found, code, severity, printed, sentence, remedy in (
            (unsigned, "decision-unsigned", Severity.WARNING, "未写明", "的缺证处理没有写明决定人或决定日期", "补写决定人和决定日期"),
            (ignored, "decision-not-applied", Severity.WARNING, "满分", "决定扣分，得分仍是满分", "由评价人改得分，或改缺证处理"),
            (awaited, "evidence-awaited", Severity.HINT, "补证", "待补证，得分暂照填报的数", "收到证据后补列证据编号，或改缺证处理"),
        ):  # fmt: skip
            if found:
                yield Finding(
                    code,
                    severity,
                    f"{table.name}缺证处理",
                    f"{listed(line.name for line in found)}{sentence}。",
                    printed=printed,
                    recomputed=listed(line.name for line in found),
                    cells=(
                        *(line.basis.decision.cell for line in found if line.basis.decision),
                        *cells_of(*(line.row.filled for line in found)),
                    ),
                    about=tuple(line.lost.key for line in found),
                    remedy=remedy,
                )


def _not_listed(evaluation: Evaluation) -> Iterator[Finding]:
    """Numbers that a score or a problem cites and no 证据清单 lists, where the project has one."""
    known = [item.number for item in evaluation.evidence]
    cited = _cited(evaluation)
    missing = [number for number in cited if number not in known]
    if not known or not missing:
        return
    written = {_bare(number): number for number in known}
    named = [
        f"{number}（清单中写作 {same}）" if (same := written.get(_bare(number))) else number
        for number in missing
    ]
    yield Finding(
        "evidence-not-listed",
        Severity.WARNING,
        "证据编号",
        f"引用的证据 {listed(named)} 不在证据清单中。",
        printed=listed(missing),
        recomputed="证据清单所列编号",
        cells=tuple(dict.fromkeys(cell for number in missing for cell in cited[number])),
        remedy="补入证据清单，或改正引用的编号",
    )


def _not_cited(evaluation: Evaluation) -> Iterator[Finding]:
    """Listed evidence that no score and no problem cites, where some do cite evidence."""
    cited = _cited(evaluation)
    idle = [item for item in evaluation.evidence if item.number not in cited]
    if cited and idle:
        yield Finding(
            "evidence-not-cited",
            Severity.HINT,
            "证据清单",
            f"证据 {listed(item.number for item in idle)} 没有得分或问题引用。",
            printed=listed(item.number for item in idle),
            recomputed="至少引用一次",
            cells=tuple(item.cell for item in idle),
            remedy="在评分底稿或问题清单中引用，或移出清单",
        )


def _files(evaluation: Evaluation) -> Iterator[Finding]:
    """Listed files that do not lie in the project's folder of evidence, or are not the ones that were listed."""
    tables: dict[Table, list[Evidence]] = defaultdict(list)
    for item in evaluation.evidence:
        tables[item.table].append(item)
    for table, items in tables.items():
        absent = [item for item in items if item.presence is Presence.ABSENT]
        changed = [item for item in items if item.presence is Presence.CHANGED]
        if absent:
            named = listed(f"{item.number}（{item.file}）" for item in absent)
            why = "" if evaluation.project.evidence else "（那里还没有文件）"
            yield Finding(
                "evidence-file-absent",
                Severity.WARNING,
                f"{table.name}文件",
                f"{table.name}列出的证据 {named}不在项目的 evidence 文件夹里{why}。",
                printed=listed(item.file for item in absent),
                recomputed="evidence 文件夹中的文件",
                cells=tuple(item.table.text_cell(item.record, "file") or item.cell for item in absent),
                remedy="把文件放入项目文件夹下的 evidence，或改正文件名；没有收到的写未提供",
            )
        if changed:
            named = listed(f"{item.number}（{item.file}）" for item in changed)
            yield Finding(
                "evidence-file-changed",
                Severity.ERROR,
                f"{table.name}校验码",
                f"证据 {named}的文件与清单所记的校验码不符：不是原来登记的那一份。",
                printed=changed[0].sha256[:12],
                recomputed=changed[0].found_sha256[:12],
                cells=tuple(item.table.text_cell(item.record, "sha256") or item.cell for item in changed),
                remedy="找回原来的文件，或核实后重新登记校验码",
            )


def _bare(number: str) -> str:
    """A number without what is written one way here and another there: E-01, e－1, E 001.

    >>> _bare("E-01") == _bare("ｅ—1") == _bare("E 001")
    True
    """
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[\W_]", "", normalize("NFKC", number))).casefold()


def _cited(evaluation: Evaluation) -> dict[str, list[CellRef]]:
    """Every number of evidence that a score or a problem cites, with the cells that do."""
    found: dict[str, list[CellRef]] = defaultdict(list)
    for line in evaluation.score_lines:
        for number in line.basis.evidence:
            if line.basis.evidence_cell is not None:
                found[number].append(line.basis.evidence_cell)
    for problem in evaluation.problems:
        for number in problem.evidence:
            found[number].append(problem.cell_of("evidence_number"))
    return dict(found)


def _by_table(evaluation: Evaluation) -> dict[Table, list[ScoreLine]]:
    found: dict[Table, list[ScoreLine]] = defaultdict(list)
    for line in evaluation.score_lines:
        found[line.row.table].append(line)
    return found


CHECKS = (
    Check(
        "evidence-undecided",
        "缺少证据的得分",
        "评分底稿的每个得分都有证据；没有的由评价人决定，决定写明扣分、不扣分或补证，软件不自动扣分也不当作满分",
        find=_undecided,
    ),
    Check(
        "decision-unsigned",
        "缺证处理",
        "缺证处理写明决定人和日期；决定扣分的得分低于分值；补证的列出待补",
        find=_decisions,
        also=("decision-not-applied", "evidence-awaited"),
    ),
    Check("evidence-not-listed", "引用的证据", "引用的证据编号都在证据清单中", find=_not_listed),
    Check(
        "evidence-file-absent",
        "证据的文件",
        "证据清单所列文件都在项目的 evidence 文件夹里，与所记的校验码相符",
        find=_files,
        also=("evidence-file-changed",),
    ),
    Check("evidence-not-cited", "没有引用的证据", "清单所列证据至少有一处引用", find=_not_cited),
)
