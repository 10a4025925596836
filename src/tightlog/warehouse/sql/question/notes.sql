-- One row per note beside a score, in the range asked for.
select day, score, note from tightness where note is not null and day between ? and ? order by day, rated_at nulls first
