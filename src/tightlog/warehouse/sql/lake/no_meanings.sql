-- No row: what a lake knows of columns before any home was read.
select
    '' as relation,
    '' as one_row_per,
    '' as column_name,
    '' as meaning
where false
