"""The documentation: Markdown pages, the Python API from its docstrings; built with warnings as errors (`make docs`)."""

from wenxiao import __version__

project = "Wenxiao 问效"
author = "The Wenxiao contributors"
copyright = author  # noqa: A001 - Sphinx's name for it
version = release = __version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
root_doc = "index"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "code"
nitpicky = False

html_theme = "furo"
html_title = "Wenxiao 问效"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
