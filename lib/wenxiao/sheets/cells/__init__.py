"""One cell: what it looks like, what number, unit or word it stands for, and how it is shown."""
