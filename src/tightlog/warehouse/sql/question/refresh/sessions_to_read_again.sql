-- One row per session of each FIT file with one, newest file first, with the facts that a second
-- reading is compared with.
with places as (
    select
        sha256,
        min_by(path, (path, member)) as path,
        min_by(coalesce(member, ''), (path, member)) as member,
        any_value(size_bytes) as size_bytes
    from source_file
    where reader = 'fit'
    group by sha256
)

select
    places.path,
    nullif(places.member, '') as member,
    places.size_bytes,
    a.sha256,
    a.session_index,
    a.record_count,
    a.distance_m,
    a.cadence_raw
from ingest.activity as a
inner join places on places.sha256 = a.sha256
where a.reader = 'fit'
order by max(a.started_at) over (partition by a.sha256) desc, a.sha256, a.session_index;
