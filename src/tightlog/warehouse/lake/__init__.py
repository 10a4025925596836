"""The lake of a cohort: what many homes share, as Parquet, and one DuckDB file that reads it."""
