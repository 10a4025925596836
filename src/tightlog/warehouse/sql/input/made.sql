-- One row per relation that is made as a table.
select table_name
from duckdb_tables()
where database_name = current_database() and schema_name = 'main'
