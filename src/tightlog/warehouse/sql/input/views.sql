-- One row per view, with its schema.
select
    schema_name,
    view_name
from duckdb_views()
where database_name = current_database() and not internal
