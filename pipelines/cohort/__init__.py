"""Many homes in one call: a Prefect flow on the workers of Dask."""
