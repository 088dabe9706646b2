DROP TABLE leases, servers, model_aliases, model_versions, models, events, attempts, tasks, signing_key, api_tokens,
    users;
DROP TYPE witness, failure_reason, task_state, user_role;
