DROP TABLE processes;
ALTER TABLE folders DROP CONSTRAINT version_exists;
DROP TABLE folder_versions;
DROP TABLE folders;
