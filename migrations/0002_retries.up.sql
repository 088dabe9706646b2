-- Attempts that follow by a policy, submissions that are told apart, and what is known of a waiting job.
ALTER TABLE tasks
    ADD COLUMN retries_left integer NOT NULL DEFAULT 2 CHECK (retries_left >= 0),
    -- How the next attempt differs from the config; null: not at all.
    ADD COLUMN plan json;

ALTER TABLE attempts
    ADD COLUMN plan json,
    -- How often the attempt was claimed for sbatch: who claimed it earlier has no say any more.
    ADD COLUMN claims integer NOT NULL DEFAULT 1,
    -- How often the attempt was handed to sbatch.
    ADD COLUMN submissions integer NOT NULL DEFAULT 0,
    -- Not to be handed to sbatch again before this time.
    ADD COLUMN submit_after timestamptz,
    -- How often Slurm put the job back into its queue.
    ADD COLUMN restarts integer NOT NULL DEFAULT 0,
    ADD COLUMN expected_start timestamptz,
    ADD COLUMN queue_position integer;

CREATE INDEX attempts_released ON attempts (cluster) WHERE released;
