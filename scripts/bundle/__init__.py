"""One zip that installs and opens the workbench without any network: wheels, project, start scripts (`make bundle`)."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
"""Where bundles and the wheels they are made of are kept; git does not know it."""
