-- One row per column of the lake: what it holds and in which unit.
create or replace table relation_guide as
select
    c.table_name as relation,
    coalesce(m.one_row_per, t.comment) as one_row_per,
    c.column_name,
    c.data_type,
    case
        when m.meaning is not null then m.meaning
        when c.column_name = 'home' then coalesce(c.comment, 'the home, by its pseudonym')
        else c.comment
    end as meaning
from duckdb_columns() as c
left join lake.meaning as m on m.relation = c.table_name and m.column_name = c.column_name
left join duckdb_tables() as t on t.table_name = c.table_name and t.schema_name = 'main'
where
    c.schema_name = 'main'
    and not c.internal
    and c.database_name = current_database()
    and c.table_name <> 'relation_guide'
order by c.table_name, c.column_index;
comment on column relation_guide.relation is 'a relation of the lake';
comment on column relation_guide.one_row_per is 'what a row of it is';
comment on column relation_guide.column_name is 'a column of it';
comment on column relation_guide.data_type is 'its type';
comment on column relation_guide.meaning is 'what it holds, and in which unit';
