-- Nothing counts as seen by this refresh any more.
update ingest.location set is_new = false where is_new
