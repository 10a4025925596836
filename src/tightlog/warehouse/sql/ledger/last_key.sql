-- The largest key of an activity ever stored, -1 before there is one.
select
    greatest(
        coalesce((select max(a.activity_key) from ingest.activity as a), -1),
        coalesce((select max(s.last_key) from ingest.segment as s), -1)
    ) as last_key
