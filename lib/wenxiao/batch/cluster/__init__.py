"""Reports made on the workers of a Dask scheduler."""
