"""The page of parameters of the notebooks."""

from __future__ import annotations

from wenxiao.project.parameters import PARAMETERS

from scripts.reference.table import WRITTEN, page, table


def parameters_page() -> str:
    """Each notebook's parameters: name, type, default, meaning."""
    lines = [
        "# Parameters 参数",
        "",
        f"{WRITTEN} A parameter file is `parameters/<notebook>/<run>.yaml`; paths start at the workspace.",
        "An unknown name, a wrong type and a value outside its choices are told before anything runs.",
    ]
    for notebook, cls in PARAMETERS.items():
        schema = cls.model_json_schema()
        rows = []
        for name, of in schema["properties"].items():
            choices = "、".join(map(str, of.get("enum", ())))
            default = "needed" if name in cls.needed else f"`{of.get('default', '')!r}`"
            rows.append(
                (f"`{name}`", of.get("type", ""), default, f"{of.get('description', '')} {choices}".strip())
            )
        summary = (cls.__doc__ or "").strip().splitlines()[0]
        lines += [
            "",
            f"## `{notebook}`",
            "",
            summary,
            "",
            *table(("name", "type", "default", "meaning"), rows),
        ]
    return page(*lines)
