-- Gives files another fingerprint.
-- $1 the fingerprint
-- $2 their paths
update ingest.location set stat_fingerprint = $1 where list_contains($2, path)
