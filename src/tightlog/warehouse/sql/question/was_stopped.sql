-- One row: true when the advice of the last refresh was to have a red flag checked, and nothing
-- else.
select count(*) > 0 as was_stopped from advice where pattern = 'R0'
