-- One row per score of a score file in the range asked for.
select entry_id, rated_at, day, moment, score, is_sharp, red_flags, note, source, raw_value
from tightness
where source <> 'diary' and day between ? and ?
order by day, rated_at nulls first
