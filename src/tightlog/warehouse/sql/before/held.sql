-- One row per thing that the version before holds of its own, by its kind.
select
    'table' as kind,
    schema_name,
    table_name as name
from duckdb_tables()
where database_name = 'before'
union all
select
    'view' as kind,
    schema_name,
    view_name as name
from duckdb_views()
where database_name = 'before' and not internal
union all
select
    'function' as kind,
    schema_name,
    function_name as name
from duckdb_functions()
where database_name = 'before' and not internal
union all
select
    'type' as kind,
    schema_name,
    type_name as name
from duckdb_types()
where database_name = 'before' and not internal
union all
select
    'sequence' as kind,
    schema_name,
    sequence_name as name
from duckdb_sequences()
where database_name = 'before'
