-- One row per column that is shared: what it holds and in which unit.
select
    g.relation,
    g.one_row_per,
    g.column_name,
    g.data_type,
    g.meaning
from relation_guide as g
inner join duckdb_columns() as c
    on
        c.table_name = g.relation
        and c.column_name = g.column_name
        and c.database_name = 'memory'
        and c.schema_name = 'shared'
order by g.relation, c.column_index
