-- One row per FIT file with a session, with the content in it; copies of one content are one row.
select
    sha256,
    min(concat_ws(' > ', path, member)) as place
from source_file
where reader = 'fit' and activity_count > 0
group by sha256
order by place;
