"""What leaves the warehouse as files: Parquet, CSV for spreadsheets, one DuckDB file."""
