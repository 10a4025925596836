-- One row per column a query may ask for whose name, relation or meaning holds a text.
-- $1 a text in a name or meaning, '' for all
select
    relation,
    one_row_per,
    column_name,
    data_type,
    meaning
from relation_guide
where contains(lower(concat_ws(' ', relation, column_name, meaning)), lower($1))
order by relation
