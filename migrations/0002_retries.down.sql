DROP INDEX attempts_released;
ALTER TABLE attempts
    DROP COLUMN plan, DROP COLUMN claims, DROP COLUMN submissions, DROP COLUMN submit_after, DROP COLUMN restarts,
    DROP COLUMN expected_start, DROP COLUMN queue_position;
ALTER TABLE tasks DROP COLUMN retries_left, DROP COLUMN plan;
