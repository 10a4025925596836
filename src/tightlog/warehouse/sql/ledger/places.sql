-- One row per place of each content, the members of archives as files of a folder.
select
    concat_ws('/', path, member) as place,
    sha256
from ingest.location
where sha256 is not null
