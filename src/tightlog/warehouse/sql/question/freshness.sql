-- One row: how new the data are, and how many there are.
select
    (select max(a.day) from activity as a) as last_activity_on,
    (select max(a.day) from activity as a where a.sport = 'running' and a.is_counted)
        as last_run_on,
    (select max(d.day) from day as d) as last_day,
    (select count(*) from tightness) as score_count,
    (select count(*) from activity) as activity_count,
    (select count(*) from source_file where status = 'unreadable') as unreadable_count
