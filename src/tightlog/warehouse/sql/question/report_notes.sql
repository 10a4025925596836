-- One row per score with a note in the range asked for.
select day, moment, score, note from tightness where note is not null and day between ? and ? order by day, rated_at nulls first, entry_id
