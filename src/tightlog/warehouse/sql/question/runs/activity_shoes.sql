-- One row per shoe, the one worn last first.
select shoe
from activity
where shoe is not null
group by shoe
order by max(started_at) desc, shoe
