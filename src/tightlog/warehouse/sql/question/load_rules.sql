-- One row per rule by which loads were computed, the most used first.
select a.load_rule, count(*) as activity_count, any_value(f.definition) as definition, any_value(f.source) as source
from activity as a
left join feature as f on f.feature = 'load_7d_au'
where a.load_rule is not null
group by a.load_rule
order by activity_count desc, a.load_rule
