-- One row per intervention the runner logged, those a watch recorded left out.
select * from intervention_log where source <> 'watch'
