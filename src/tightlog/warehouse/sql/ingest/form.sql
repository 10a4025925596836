-- One row per form of all tables: the mark of the statements that made them, and of their comments;
-- none until an analysis made all of them.
create table if not exists ingest.form (
    mark varchar not null
);
