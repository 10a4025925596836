-- One row per activity read, twins among them.
select * from ingest.activity
