-- Takes files out of the ledger, with the members of those that are archives.
-- $1 their paths
delete from ingest.location where list_contains($1, path)
