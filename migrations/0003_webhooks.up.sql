-- Where the task's end is told; null tells nobody.
ALTER TABLE tasks ADD COLUMN webhook_url text;

-- What is to be told, and what became of it. The facts that a later attempt changes are kept as they were.
CREATE TABLE webhook_deliveries (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    task_id text COLLATE "C" NOT NULL REFERENCES tasks ON DELETE CASCADE,
    state task_state NOT NULL CHECK (state IN ('succeeded', 'failed', 'cancelled', 'lost')),
    reason failure_reason,
    message text,
    -- Number of the task's attempt then; 0 before the first.
    attempt integer NOT NULL,
    finished_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- How often a server took it to send it; tells a claim from a later one.
    tries integer NOT NULL DEFAULT 0,
    -- Null once the receiver has it, or is given up.
    next_try_at timestamptz DEFAULT now(),
    -- Until then it belongs to the server that took it last.
    claimed_until timestamptz,
    delivered_at timestamptz,
    given_up_at timestamptz,
    last_error text,
    CONSTRAINT one_end CHECK (delivered_at IS NULL OR given_up_at IS NULL),
    CONSTRAINT next_try_until_the_end CHECK (
        (next_try_at IS NULL) = (delivered_at IS NOT NULL OR given_up_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX webhook_deliveries_of_task ON webhook_deliveries (task_id, created_at DESC);

-- A trigger, so that no way to an end forgets it, and the two are one transaction.
CREATE FUNCTION tell_task_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_deliveries (task_id, state, reason, message, attempt, finished_at)
    VALUES (NEW.id, NEW.state, NEW.reason, NEW.message, NEW.attempt, NEW.finished_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER tasks_tell_end AFTER UPDATE OF state ON tasks
    FOR EACH ROW
    WHEN (NEW.webhook_url IS NOT NULL AND NEW.state <> OLD.state
        AND NEW.state IN ('succeeded', 'failed', 'cancelled', 'lost'))
    EXECUTE FUNCTION tell_task_end();
