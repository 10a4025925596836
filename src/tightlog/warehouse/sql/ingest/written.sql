-- One row per relation made of rows that were given, with the mark of those: while it is the same,
-- the relation stands.
create table if not exists ingest.written (
    relation varchar not null,
    mark varchar not null
);
