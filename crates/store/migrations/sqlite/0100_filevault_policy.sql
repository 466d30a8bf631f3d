-- What an organisation wants of FileVault; without a row, what is usual.
CREATE TABLE filevault_policy (
    organization_id TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    settings        TEXT   NOT NULL,
    changed_at      BIGINT NOT NULL
);
