-- One row: the newest score that came from a file.
select
    entry_id,
    day,
    score,
    rated_at,
    moment,
    is_sharp,
    source
from tightness
where source <> 'diary'
order by day desc, rated_at desc nulls last
limit 1
