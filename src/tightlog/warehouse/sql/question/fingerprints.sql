-- One row per file or archive member known: the fingerprint of the file it lies in.
select
    path,
    member,
    stat_fingerprint
from ingest.location
