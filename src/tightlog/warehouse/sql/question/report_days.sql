-- One row per day of the range asked for, with what the report draws.
select day, tightness_score, tightness_7d_median from day where day between ? and ? order by day
