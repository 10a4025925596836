-- One row when a file holds the entry: whether it is a score or an intervention done.
-- $1 its id
select true as is_score
from ingest.score
where entry_id = $1
union
select false as is_score
from ingest.intervention
where entry_id = $1
