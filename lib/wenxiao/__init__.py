"""A workbench for the performance evaluation of budget spending (预算绩效评价).

The rooms, bottom to top; each may import those before it, never those after it:

- ``model``: the values all others speak in
- ``fields``: the registry of fields, as data
- ``sheets``: files as grids of cells with addresses, and as tables
- ``project``: the workspace, its projects, parameters and profiles
- ``evaluation``: measures, scores, grades, ranking and audit
- ``charts``, ``display``: how values look
- ``reports``: pages, results and working papers
- ``batch``: many runs
- ``collect``: rosters, templates and returned forms
- ``explorer``: exploring with widgets
- ``cli``: the ``wenxiao`` command
"""

__version__ = "0.1.0"
