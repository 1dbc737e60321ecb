"""The reference pages of docs/reference, written from the code: `python -m scripts.reference`. A test keeps them in step."""

from __future__ import annotations

from pathlib import Path

from scripts.reference.checks import checks_page
from scripts.reference.commands import chinese_commands_page, commands_page
from scripts.reference.fields import fields_page
from scripts.reference.parameters import parameters_page
from scripts.reference.profiles import profiles_page
from scripts.reference.relations import relations_page

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES = {
    "checks.md": checks_page,
    "commands.md": commands_page,
    "commands.zh.md": chinese_commands_page,
    "fields.md": fields_page,
    "parameters.md": parameters_page,
    "profiles.md": profiles_page,
    "relations.md": relations_page,
}
"""Each page and what writes it."""
