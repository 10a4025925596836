-- One row per view of a version: its name, and the statement that made it.
select
    view_name,
    sql
from duckdb_views()
where database_name = 'version' and not internal
