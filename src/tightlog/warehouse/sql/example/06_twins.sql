-- Which recordings were set aside because a richer one of the same activity counts?
select kept.day, kept.sport, set_aside_file.path as set_aside, kept_file.path as kept, d.reason
from duplicate_activity as d
inner join activity as kept on kept.activity_id = d.kept_activity_id
left join (select sha256, min(path) as path from source_file group by sha256) as set_aside_file on set_aside_file.sha256 = d.sha256
left join (select sha256, min(path) as path from source_file group by sha256) as kept_file on kept_file.sha256 = kept.sha256
order by kept.day desc
