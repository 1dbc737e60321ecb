"""The bytes of a file as grids of cells, whatever program wrote them."""
