-- The last way that somebody chose past a password policy that leaves no password for a Mac's service account. Earlier
-- choices stand in the audit log. `rules` are those that stood in the way then.
CREATE TABLE policy_conflict_choice (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    device_id       TEXT   NOT NULL PRIMARY KEY REFERENCES device (id),
    chosen_at       BIGINT NOT NULL,
    chosen_by       TEXT   NOT NULL,
    workaround      TEXT   NOT NULL,
    reason          TEXT,
    rules           TEXT   NOT NULL
);
