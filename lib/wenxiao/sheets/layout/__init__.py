"""Where the tables of a sheet are, which rows are their header, and what stands around them."""
