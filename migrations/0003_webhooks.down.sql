DROP TRIGGER tasks_tell_end ON tasks;
DROP FUNCTION tell_task_end();
DROP TABLE webhook_deliveries;
ALTER TABLE tasks DROP COLUMN webhook_url;
