-- Which columns have to do with cadence?
select
    relation,
    column_name,
    data_type,
    meaning
from relation_guide
where contains(lower(column_name || ' ' || meaning), 'cadence')
order by relation, column_name
