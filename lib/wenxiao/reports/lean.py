"""Loads jsonschema without the grammar of international addresses that it would build on import, a second each time.

nbformat imports jsonschema and asks for no such format. Whoever imports the grammar itself still gets it.
"""

from __future__ import annotations

import sys
from importlib import import_module

_GRAMMAR = "rfc3987_syntax"

if "jsonschema" not in sys.modules and _GRAMMAR not in sys.modules:
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment] # how Python is told that a module is not to be found
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[_GRAMMAR]
