-- One row when a relation of this name was made, else none.
-- $1 the relation
select table_name
from duckdb_tables()
where database_name = current_database() and schema_name = 'main' and table_name = $1
