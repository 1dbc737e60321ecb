"""What the rows of a table are to each other: totals, parts, 其中, full marks."""
