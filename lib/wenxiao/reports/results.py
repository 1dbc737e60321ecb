"""Results: recorded in the last cell of a notebook, lifted from there into `results.json`."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from wenxiao import __version__
from wenxiao.evaluation import Audience, Evaluation, audience_in
from wenxiao.model import Problem, RunError
from wenxiao.reports.recording import evaluation_record
from wenxiao.reports.records import (
    RESULTS_TYPE,
    SCHEMA_VERSION,
    EvaluationRecord,
    InputFileRecord,
    ProfileRecord,
    Results,
    RunRecord,
)

if TYPE_CHECKING:
    from nbformat import NotebookNode

_PACKAGES = ("numpy", "pandas", "pyarrow", "pydantic", "python-calamine")
"""The libraries whose version may change a figure."""


@dataclass(frozen=True)
class ResultsOutput:
    """The results as the value of a cell: shown as one line of text, kept as data. No page shows it."""

    results: Results

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        del include, exclude
        return {RESULTS_TYPE: self.results.model_dump(mode="json"), "text/plain": repr(self)}

    def __repr__(self) -> str:
        parts = (self.results, *self.results.members)
        measures, findings = (
            sum(len(getattr(part, name)) for part in parts) for name in ("measures", "findings")
        )
        if self.results.run.parameters.get("audience") == "release":
            return f"结果：{measures} 项指标"
        return f"结果：{measures} 项指标，{findings} 项核对差异"


def results(
    evaluation: Evaluation | Iterable[Evaluation],
    *,
    notebook: str,
    parameters: Mapping[str, Any],
    district: str = "",
) -> ResultsOutput:
    """The results of a run, for the last cell of its notebook.

    `evaluation` is the one the report is about, or several of a portfolio; `district` is the place a district report is
    about (ProjectError if the project has none of that name). An edition for release (`audience` among the parameters)
    records what its readers may see and no more, since the file goes where the page goes.
    """
    several = not isinstance(evaluation, Evaluation)
    evaluations = [evaluation] if isinstance(evaluation, Evaluation) else list(evaluation)
    audience = audience_in(evaluations, parameters, district)
    records = [evaluation_record(each, district, audience) for each in evaluations]
    run = _run_record(evaluations, notebook, parameters, audience)
    made = _several(run, records) if several else _single(run, records[0])
    return ResultsOutput(without_peers(made, audience))


def lift_results(notebook: NotebookNode) -> dict[str, Any]:
    """The results an executed notebook recorded, as `results.json` holds them.

    Raises RunError unless its last code cell, and no other, has exactly one output of that type, in this version's shape.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    found = [
        (number, output.data[RESULTS_TYPE])
        for number, cell in enumerate(cells, 1)
        for output in cell.outputs
        if RESULTS_TYPE in output.get("data", {})
    ]
    rule = "最后一个代码单元恰好有一个结果输出"
    remedy = "在最后一个单元写 results(…)，其他单元不写"
    if not found:
        raise RunError(Problem("笔记本没有记录结果", rule=rule, remedy=remedy))
    if len(found) > 1 or found[0][0] != len(cells):
        where = "、".join(f"第 {number} 个" for number, _ in found)
        raise RunError(
            Problem("结果输出的位置或个数不对", value=f"在{where}代码单元", rule=rule, remedy=remedy)
        )
    try:
        lifted: dict[str, Any] = Results.model_validate_json(json.dumps(found[0][1])).model_dump(mode="json")
    except ValidationError as error:
        raise RunError(
            Problem(
                "结果的结构不对",
                value="；".join(".".join(map(str, item["loc"])) for item in error.errors()[:5]),
                rule=f"结果结构第 {SCHEMA_VERSION} 版",
                remedy="用同一版本的软件重新运行",
            )
        ) from None
    return lifted


def json_text(value: Mapping[str, Any]) -> str:
    r"""The text of a JSON file; equal values give equal text.

    >>> json_text({"b": "良", "a": None})
    '{\n "a": null,\n "b": "良"\n}\n'
    """
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def write_json(value: Mapping[str, Any], path: Path) -> None:
    """Writes the value to `path` as UTF-8 JSON, the same bytes for the same value on every system."""
    path.write_text(json_text(value), encoding="utf-8", newline="\n")


def results_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `results.json`; the package also ships it as `schema/results.schema.json`."""
    schema = Results.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _single(run: RunRecord, record: EvaluationRecord) -> Results:
    parts = {name: getattr(record, name) for name in EvaluationRecord.model_fields}
    return Results(schema_version=SCHEMA_VERSION, run=run, members=(), **parts)


def _several(run: RunRecord, records: Sequence[EvaluationRecord]) -> Results:
    return Results(
        schema_version=SCHEMA_VERSION,
        run=run,
        subject=None,
        verdict=None,
        measures=(),
        scorecard=None,
        ranking=None,
        findings=(),
        members=tuple(records),
    )


def _run_record(
    evaluations: Sequence[Evaluation], notebook: str, parameters: Mapping[str, Any], audience: Audience
) -> RunRecord:
    if not evaluations:
        raise RunError(Problem("没有可记录的评价", rule="至少一个项目", remedy="检查 projects 参数"))
    profile = evaluations[0].profile
    return RunRecord(
        notebook=notebook,
        parameters=dict(parameters),
        profile=ProfileRecord(name=profile.name, title=profile.title, source=profile.source),
        inputs=tuple(_inputs(evaluations, audience)),
        versions=versions(),
    )


def _inputs(evaluations: Sequence[Evaluation], audience: Audience) -> Iterator[InputFileRecord]:
    """Everything that was read: the sheets, what the analyst wrote beside them, the rules."""
    for each in evaluations:
        for file in (*each.project.inputs, *each.project.beside):
            name = "公开稿不列" if audience.names_a_peer(file.name) else file.name
            yield InputFileRecord(project=each.project.name, file=name, sha256=file.sha256)
    for file in evaluations[0].profile.files:
        yield InputFileRecord(project="", file=file.name, sha256=file.sha256)


@cache
def versions() -> dict[str, str]:
    """The versions of this program, of Python and of the libraries that decide on figures; looked up once."""
    return {
        "wenxiao": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in _PACKAGES},
    }


def without_peers(results: Results, audience: Audience) -> Results:
    """The results without entries that name a peer of the district they are about; the same where there is none to hide."""
    if not audience.peers:
        return results
    return Results.model_validate(_cut(results.model_dump(mode="json"), audience))


def _cut(value: Any, audience: Audience) -> Any:
    """A value of JSON without texts that name a peer, and lists without the entries that such a text belongs to."""
    match value:
        case str():
            return "" if audience.names_a_peer(value) else value
        case dict():
            return {key: _cut(each, audience) for key, each in value.items()}
        case list():
            return [_cut(each, audience) for each in value if not _named(each, audience)]
    return value


def _named(entry: Any, audience: Audience) -> bool:
    texts = entry.values() if isinstance(entry, dict) else (entry,)
    return any(isinstance(text, str) and audience.names_a_peer(text) for text in texts)
