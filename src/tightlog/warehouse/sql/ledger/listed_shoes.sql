-- One row per activity on foot of a Garmin list whose shoe a list of gear says; of several lists
-- the one that reaches the newest activity is believed.
with told as (
    select
        sha256,
        listed_id,
        shoe,
        max(listed_id) over (partition by sha256) as newest_id
    from ingest.gear
)

select
    a.activity_id,
    t.shoe
from ingest.activity as a
inner join told as t on t.listed_id = a.listed_id
where a.reader = 'garmin' and a.sport in ('running', 'walking', 'hiking')
qualify row_number() over (partition by a.activity_id order by t.newest_id desc, t.sha256) = 1
