-- Says what became of a file as a whole.
-- $1 the status
-- $2 the reason
-- $3 the path
update ingest.location set
    status = $1,
    reason = $2,
    reason_code = null
where path = $3 and member is null
