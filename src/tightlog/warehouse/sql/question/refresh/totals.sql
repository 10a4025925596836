-- One row: how many activities, scores and days the warehouse holds.
select
    (select count(*) from activity) as activity_count,
    (select count(*) from tightness) as score_count,
    (select count(*) from day) as day_count
