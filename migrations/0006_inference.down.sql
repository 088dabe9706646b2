DROP TRIGGER api_tokens_tell_changes ON api_tokens;
DROP TRIGGER users_tell_changes ON users;
DROP FUNCTION tell_user_change();
DROP TRIGGER model_aliases_tell_changes ON model_aliases;
DROP TRIGGER model_versions_tell_changes ON model_versions;
DROP TRIGGER models_tell_changes ON models;
DROP FUNCTION tell_model_change();
ALTER TABLE model_versions DROP COLUMN description, DROP COLUMN library, DROP COLUMN lineage;
ALTER TABLE models DROP COLUMN description, DROP COLUMN settings;
