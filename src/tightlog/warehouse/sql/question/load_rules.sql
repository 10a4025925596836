-- One row per rule by which loads were computed, the most used first.
select
    a.load_rule,
    a.load_max_bpm,
    a.load_max_rule,
    a.load_rest_bpm,
    a.load_rest_rule,
    a.load_weights,
    count(*) as activity_count,
    any_value(f.definition) as definition,
    any_value(f.source) as source
from activity as a
left join feature as f on f.feature = 'load_7d_au'
where a.load_rule is not null
group by all
order by activity_count desc, a.load_rule
