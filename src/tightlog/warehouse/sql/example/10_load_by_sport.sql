-- How is my load shared between sports, month by month?
select
    date_trunc('month', day)::date as month,
    sport,
    count(*) as sessions,
    round(sum(moving_s) / 3600, 1) as hours,
    round(sum(load_au)) as load_au,
    count(*) - count(load_au) as sessions_without_load
from activity
where is_counted
group by all
order by month desc, hours desc
