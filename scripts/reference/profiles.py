"""The page of profiles (评价规则): the ones that ship, and every key of the file."""

from __future__ import annotations

from typing import Any

from wenxiao.project.profile import Profile, load_profile, profile_names

from scripts.reference.table import WRITTEN, page, table


def profiles_page() -> str:
    """The shipped profiles with their bands, then the keys by part."""
    profiles = [load_profile(name) for name in profile_names()]
    schema = Profile.model_json_schema()
    lines = [
        "# Profiles 评价规则",
        "",
        f"{WRITTEN} What they mean and how to write one: [profiles](../profiles.md).",
        "",
        "## Shipped",
        "",
        *table(
            ("name", "title", "source", "extends", "grades"),
            (
                (
                    f"`{profile.name}`",
                    profile.title,
                    profile.source,
                    profile.extends,
                    "、".join(f"{band.label} {band.printed}" for band in profile.grades),
                )
                for profile in profiles
            ),
        ),
        *_part("Keys of a profile", schema),
    ]
    for name, part in sorted(schema.get("$defs", {}).items()):
        if "properties" in part:
            lines += _part(f"`{name}`", part)
    return page(*lines)


def _part(title: str, schema: dict[str, Any]) -> list[str]:
    needed = schema.get("required", ())
    rows = (
        (f"`{key}`", _type(of), "needed" if key in needed else _default(of))
        for key, of in schema["properties"].items()
    )
    summary = schema.get("description", "").splitlines()[:1]
    return [
        "",
        f"## {title}",
        "",
        *summary,
        *([""] if summary else []),
        *table(("key", "type", "default"), rows),
    ]


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"] if value)
    if "const" in schema:
        return f"`{schema['const']}`"
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(each) for each in schema[key]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"names to {_type(schema['additionalProperties'])}"
    return kind


def _default(schema: dict[str, Any]) -> str:
    default = schema.get("default")
    return "none" if default in (None, "", [], {}) else f"`{default}`"
