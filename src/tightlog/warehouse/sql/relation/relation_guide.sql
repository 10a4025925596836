-- One row per column of every relation: what it holds and in which unit.
create or replace view relation_guide as
with relation as (
    select
        t.table_name as name,
        t.comment
    from duckdb_tables() as t
    where t.schema_name = 'main' and t.database_name = current_database()
    union all
    select
        v.view_name as name,
        v.comment
    from duckdb_views() as v
    where v.schema_name = 'main' and v.database_name = current_database() and not v.internal
)

select
    r.name as relation,
    r.comment as one_row_per,
    c.column_name,
    c.data_type,
    c.comment as meaning
from relation as r
inner join duckdb_columns() as c
    on c.table_name = r.name and c.schema_name = 'main' and c.database_name = current_database()
order by r.name, c.column_index;
comment on column relation_guide.relation is 'name of the relation';
comment on column relation_guide.one_row_per is 'what one of its rows is';
comment on column relation_guide.column_name is 'name of the column';
comment on column relation_guide.data_type is 'its type';
comment on column relation_guide.meaning is 'what it holds, with its unit';
