ALTER TABLE models
    ADD COLUMN description text,
    -- How its versions are served; null is the server's own way.
    ADD COLUMN settings json;
ALTER TABLE model_versions
    ADD COLUMN description text,
    -- What made the model, in its uploader's words, such as `onnx 1.18`.
    ADD COLUMN library text,
    -- Job, image and script that made it; null for an upload.
    ADD COLUMN lineage json;

-- Servers keep what they read of models and users in memory, and let it go when they are told that it changed.
CREATE FUNCTION tell_model_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('slipway_models', coalesce(new.name, old.name));
    RETURN NULL;
END $$;
CREATE TRIGGER models_tell_changes AFTER UPDATE OF description, settings OR DELETE ON models
    FOR EACH ROW EXECUTE FUNCTION tell_model_change();
CREATE TRIGGER model_versions_tell_changes AFTER UPDATE OR DELETE ON model_versions
    FOR EACH ROW EXECUTE FUNCTION tell_model_change();
CREATE TRIGGER model_aliases_tell_changes AFTER INSERT OR UPDATE OR DELETE ON model_aliases
    FOR EACH ROW EXECUTE FUNCTION tell_model_change();

CREATE FUNCTION tell_user_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY slipway_users;
    RETURN NULL;
END $$;
CREATE TRIGGER users_tell_changes AFTER UPDATE OR DELETE ON users
    FOR EACH STATEMENT EXECUTE FUNCTION tell_user_change();
CREATE TRIGGER api_tokens_tell_changes AFTER UPDATE OF revoked_at, expires_at OR DELETE ON api_tokens
    FOR EACH STATEMENT EXECUTE FUNCTION tell_user_change();
