"""A function run in a process of its own, with limits of time and memory, and what it did when it ended badly.

Knows nothing of sheets or reports: `sheets` reads foreign files in it, `batch` makes reports with it.
"""
