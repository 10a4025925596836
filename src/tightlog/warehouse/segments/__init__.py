"""Records as immutable Parquet files, named by their content, that versions point to."""
