-- One row per place the scores of the range asked for come from, and the moment they were given.
select source, moment, count(*) as score_count from tightness where day between ? and ? group by all order by score_count desc
