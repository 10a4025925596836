-- One row per activity of an export's list whose shoe another file of the export says.
create table if not exists ingest.listed_shoe (
    activity_id varchar not null,
    shoe varchar not null
);
