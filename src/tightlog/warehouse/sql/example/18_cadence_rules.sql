-- By which rule did each source's cadence become steps per minute?
select
    coalesce(device, 'not said') as device,
    cadence_rule as rule,
    count(*) as activities,
    round(median(cadence_raw)) as median_as_recorded,
    round(median(cadence_spm)) as median_cadence_spm,
    min(day) as first_day,
    max(day) as last_day
from activity
where cadence_rule is not null
group by all
order by activities desc
