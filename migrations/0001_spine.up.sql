CREATE TYPE user_role AS ENUM ('admin', 'user', 'viewer');
CREATE TYPE task_state AS ENUM (
    'queued', 'submitting', 'pending', 'running', 'collecting', 'succeeded', 'failed', 'cancelled', 'lost');
CREATE TYPE failure_reason AS ENUM (
    'exit_code', 'timeout', 'out_of_memory', 'node_failure', 'preempted', 'image', 'output', 'rejected');
CREATE TYPE witness AS ENUM ('user', 'slipway', 'sbatch', 'squeue', 'sacct', 'exit_file');

CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    role user_role NOT NULL,
    password_hash text,
    refused_accounts text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_tokens (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL,
    hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_of_user ON api_tokens (user_id);

-- One row: the key that signs login tokens.
CREATE TABLE signing_key (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    key bytea NOT NULL
);

CREATE TABLE tasks (
    id text COLLATE "C" PRIMARY KEY,
    owner_id bigint NOT NULL REFERENCES users,
    state task_state NOT NULL DEFAULT 'queued',
    reason failure_reason,
    message text,
    cluster text NOT NULL,
    experiment text NOT NULL,
    -- The validated meaning of the config, and the config as it came.
    specification json NOT NULL,
    config text NOT NULL,
    -- Number of the present attempt; 0 before the first.
    attempt integer NOT NULL DEFAULT 0,
    idempotency_key text,
    content_digest bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    cancel_requested_at timestamptz,
    -- The server that collects the task's output.
    collector uuid,
    CONSTRAINT finished_at_final_states CHECK (
        (finished_at IS NOT NULL) = (state IN ('succeeded', 'failed', 'cancelled', 'lost'))),
    CONSTRAINT reason_tells_failure CHECK ((reason IS NOT NULL) = (state = 'failed'))
);
CREATE UNIQUE INDEX tasks_idempotency_key ON tasks (owner_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX tasks_of_owner ON tasks (owner_id, id DESC);
CREATE INDEX tasks_queued ON tasks (cluster, id) WHERE state = 'queued';
CREATE INDEX tasks_collecting ON tasks (id) WHERE state = 'collecting';
CREATE INDEX tasks_by_state ON tasks (state, id DESC);
CREATE INDEX tasks_by_state_of_owner ON tasks (owner_id, state, id DESC);
CREATE INDEX tasks_by_experiment ON tasks (experiment, id DESC);

CREATE TABLE attempts (
    task_id text COLLATE "C" NOT NULL REFERENCES tasks ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    cluster text NOT NULL,
    state task_state NOT NULL CHECK (state <> 'queued'),
    reason failure_reason,
    message text,
    job_id bigint,
    raw_state text,
    pending_reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- No sbatch that was started for this attempt lives on after this time.
    submission_ends_by timestamptz NOT NULL,
    -- A search found no job: the attempt may be handed to sbatch again.
    released boolean NOT NULL DEFAULT false,
    submitted_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    exit_code integer,
    signal integer,
    node text,
    peak_memory_bytes bigint,
    PRIMARY KEY (task_id, number)
);
CREATE UNIQUE INDEX attempts_one_open ON attempts (task_id)
    WHERE state IN ('submitting', 'pending', 'running', 'collecting');
CREATE INDEX attempts_followed ON attempts (cluster) WHERE state IN ('submitting', 'pending', 'running');
CREATE INDEX attempts_lost ON attempts (cluster, finished_at) WHERE state = 'lost';
CREATE INDEX attempts_by_job ON attempts (job_id) WHERE job_id IS NOT NULL;

CREATE TABLE events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id text COLLATE "C" NOT NULL REFERENCES tasks ON DELETE CASCADE,
    attempt integer NOT NULL,
    state task_state NOT NULL,
    reason failure_reason,
    witness witness NOT NULL,
    raw text,
    message text,
    fact_at timestamptz NOT NULL,
    learned_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX events_of_task ON events (task_id, id);

CREATE TABLE models (
    name text COLLATE "C" PRIMARY KEY,
    owner_id bigint NOT NULL REFERENCES users,
    -- The number given out last; never given again, even after a removal.
    last_version integer NOT NULL DEFAULT 0
);

CREATE TABLE model_versions (
    name text COLLATE "C" NOT NULL REFERENCES models,
    version integer NOT NULL CHECK (version > 0),
    task_id text COLLATE "C" REFERENCES tasks,
    owner_id bigint NOT NULL REFERENCES users,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Null while the number is only reserved.
    published_at timestamptz,
    format text,
    sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint,
    signature json,
    PRIMARY KEY (name, version),
    CONSTRAINT published_versions_are_described CHECK (
        published_at IS NULL OR (format IS NOT NULL AND sha256 IS NOT NULL AND bytes IS NOT NULL))
);
CREATE UNIQUE INDEX model_versions_of_task ON model_versions (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX model_versions_reserved ON model_versions (name) WHERE published_at IS NULL;

CREATE TABLE model_aliases (
    name text COLLATE "C" NOT NULL,
    alias text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    PRIMARY KEY (name, alias),
    FOREIGN KEY (name, version) REFERENCES model_versions ON DELETE CASCADE
);

-- Servers that are alive, and what only one of them may do.
CREATE TABLE servers (
    id uuid PRIMARY KEY,
    alive_until timestamptz NOT NULL
);
CREATE TABLE leases (
    name text PRIMARY KEY,
    holder uuid NOT NULL,
    held_until timestamptz NOT NULL
);
