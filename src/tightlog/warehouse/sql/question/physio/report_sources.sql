-- One row per place the scores of the range asked for come from, and the moment they were given.
-- $1 the first day
-- $2 the last day
select
    source,
    moment,
    count(*) as score_count
from tightness
where day between $1 and $2
group by all
order by score_count desc
