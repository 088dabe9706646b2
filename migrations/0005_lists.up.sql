-- Lists walk along the index of what they ask for. The planner must not take the primary key's order instead and read
-- all tasks for the few of one owner, which it does by the average owner's number of tasks: so these indexes sort ids
-- by a collation that has another name and the same order, and the primary key cannot serve.
DROP INDEX tasks_of_owner;
DROP INDEX tasks_by_state;
DROP INDEX tasks_by_state_of_owner;
DROP INDEX tasks_by_experiment;
CREATE INDEX tasks_of_owner ON tasks (owner_id, id COLLATE "POSIX" DESC);
CREATE INDEX tasks_of_cluster ON tasks (cluster, id COLLATE "POSIX" DESC);
CREATE INDEX tasks_by_state ON tasks (state, id COLLATE "POSIX" DESC);
CREATE INDEX tasks_by_state_of_owner ON tasks (owner_id, state, id COLLATE "POSIX" DESC);
CREATE INDEX tasks_by_experiment ON tasks (experiment, id COLLATE "POSIX" DESC);
CREATE INDEX tasks_by_experiment_of_owner ON tasks (owner_id, experiment, id COLLATE "POSIX" DESC);
CREATE INDEX tasks_by_state_of_experiment ON tasks (experiment, state, id COLLATE "POSIX" DESC);
