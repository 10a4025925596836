-- One row per file of a segment.
select unnest([record_path, run_window_path, heart_rate_seconds_path]) as path
from ingest.segment
