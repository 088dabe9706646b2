-- Folders that users upload to train from. A name belongs to its first user for good, so that its processes and their
-- models stay theirs: the row outlives the folder.
CREATE TABLE folders (
    name text COLLATE "C" PRIMARY KEY CONSTRAINT folder_names CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    owner_id bigint NOT NULL REFERENCES users,
    -- The number given out last; never given again, even after a removal.
    last_version integer NOT NULL DEFAULT 0 CHECK (last_version >= 0),
    -- What processes are submitted from; null before the first upload is complete, and after a removal.
    version integer,
    -- The number of the last process; the next one's is one more.
    process_count integer NOT NULL DEFAULT 0 CHECK (process_count >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT version_was_given_out CHECK (version BETWEEN 1 AND last_version)
);
CREATE INDEX folders_of_owner ON folders (owner_id, name);

-- One upload of a folder.
CREATE TABLE folder_versions (
    folder text COLLATE "C" NOT NULL REFERENCES folders,
    version integer NOT NULL CHECK (version > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Null while the number is only reserved.
    published_at timestamptz,
    files integer CHECK (files > 0),
    bytes bigint CHECK (bytes >= 0),
    -- Nothing needs the files any more: they are to go.
    retired_at timestamptz,
    -- They are gone.
    removed_at timestamptz,
    PRIMARY KEY (folder, version),
    CONSTRAINT published_folders_are_described CHECK (
        (published_at IS NULL) = (files IS NULL) AND (published_at IS NULL) = (bytes IS NULL)),
    CONSTRAINT published_before_retired CHECK (retired_at IS NULL OR published_at IS NOT NULL),
    CONSTRAINT retired_before_removed CHECK (removed_at IS NULL OR retired_at IS NOT NULL)
);
ALTER TABLE folders ADD CONSTRAINT version_exists
    FOREIGN KEY (name, version) REFERENCES folder_versions (folder, version);
CREATE INDEX folder_versions_reserved ON folder_versions (created_at) WHERE published_at IS NULL;
CREATE INDEX folder_versions_kept ON folder_versions (folder, version)
    WHERE published_at IS NOT NULL AND retired_at IS NULL;
CREATE INDEX folder_versions_retired ON folder_versions (folder, version)
    WHERE retired_at IS NOT NULL AND removed_at IS NULL;

-- Tasks that were submitted from a folder, as FOLDER_NUMBER.
CREATE TABLE processes (
    folder text COLLATE "C" NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    version integer NOT NULL,
    task_id text COLLATE "C" NOT NULL UNIQUE REFERENCES tasks ON DELETE CASCADE,
    PRIMARY KEY (folder, number),
    FOREIGN KEY (folder, version) REFERENCES folder_versions
);
CREATE INDEX processes_of_version ON processes (folder, version);
