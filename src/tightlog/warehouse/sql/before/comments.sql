-- One row per comment of a relation of the version before: of the relation itself (column_name is
-- null), then of its columns.
-- $1 the relation
select
    null as column_name,
    comment
from duckdb_tables()
where
    database_name = 'before' and schema_name = 'main' and table_name = $1 and comment is not null
union all
select
    column_name,
    comment
from duckdb_columns()
where
    database_name = 'before' and schema_name = 'main' and table_name = $1 and comment is not null
