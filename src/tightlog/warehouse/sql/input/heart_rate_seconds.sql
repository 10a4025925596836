-- One row per activity kept and heart rate.
select * from ingest.heart_rate_seconds where activity_id in (select activity_id from activity)
