-- What retention removed of a task, and when; `pruning` until the disk has followed.
ALTER TABLE tasks
    ADD COLUMN files_pruned_at timestamptz,
    ADD COLUMN log_pruned_at timestamptz,
    ADD COLUMN pruning boolean NOT NULL DEFAULT false,
    -- No way leads from here to a task that wants its files again.
    ADD CONSTRAINT only_ended_tasks_are_pruned CHECK (
        finished_at IS NOT NULL OR (files_pruned_at IS NULL AND log_pruned_at IS NULL AND NOT pruning));
CREATE INDEX tasks_with_files ON tasks (cluster, finished_at, id)
    WHERE files_pruned_at IS NULL AND finished_at IS NOT NULL;
CREATE INDEX tasks_with_log ON tasks (cluster, finished_at, id)
    WHERE log_pruned_at IS NULL AND finished_at IS NOT NULL;
CREATE INDEX tasks_pruning ON tasks (id) WHERE pruning;

-- The cluster whose task made the version; null for an upload.
ALTER TABLE model_versions ADD COLUMN cluster text;
UPDATE model_versions SET cluster = tasks.cluster FROM tasks WHERE tasks.id = model_versions.task_id;
ALTER TABLE model_versions
    ADD CONSTRAINT versions_of_tasks_have_a_cluster CHECK ((cluster IS NULL) = (task_id IS NULL));
CREATE INDEX model_versions_of_cluster ON model_versions (cluster, published_at, name, version)
    WHERE cluster IS NOT NULL AND published_at IS NOT NULL;

-- Versions that have left the register while their files may still be there.
CREATE TABLE version_removals (
    name text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    cluster text NOT NULL,
    published_at timestamptz NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (name, version)
);
