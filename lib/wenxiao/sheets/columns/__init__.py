"""What the columns of a table mean: their headers, fields, units and values."""
