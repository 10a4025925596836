-- One row per relation that an analysis made from what it marked: while the mark is the same, the
-- relation stands.
create table if not exists ingest.made_from (
    relation varchar not null,
    mark varchar not null
);
