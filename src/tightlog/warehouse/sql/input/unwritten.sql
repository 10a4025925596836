-- One row per relation that is made and holds no row.
select table_name
from duckdb_tables()
where database_name = current_database() and schema_name = 'main' and estimated_size = 0
