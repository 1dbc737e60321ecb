"""Forms on a sheet: found by their blocks and the columns of these, read block by block into the tables of the house."""
