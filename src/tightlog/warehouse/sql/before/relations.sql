-- One row per relation that the version before holds as a table, in the order they were made.
select table_name
from duckdb_tables()
where database_name = 'before' and schema_name = 'main'
order by table_oid
