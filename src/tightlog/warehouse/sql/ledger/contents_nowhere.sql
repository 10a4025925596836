-- One row per content read once that lies nowhere any more.
select c.sha256
from ingest.content as c
where c.sha256 not in (select l.sha256 from ingest.location as l where l.sha256 is not null)
