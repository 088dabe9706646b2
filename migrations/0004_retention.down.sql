DROP TABLE version_removals;
DROP INDEX model_versions_of_cluster;
ALTER TABLE model_versions DROP CONSTRAINT versions_of_tasks_have_a_cluster, DROP COLUMN cluster;
DROP INDEX tasks_pruning, tasks_with_log, tasks_with_files;
ALTER TABLE tasks
    DROP CONSTRAINT only_ended_tasks_are_pruned,
    DROP COLUMN pruning, DROP COLUMN log_pruned_at, DROP COLUMN files_pruned_at;
