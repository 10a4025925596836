-- One row per function that a version brings; tightlog makes none.
select function_name
from duckdb_functions()
where database_name = 'version' and not internal
