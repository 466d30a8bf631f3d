-- What an organisation wants of its service accounts; without a row, what is wanted by default. While `refresh_after` is
-- there, the devices whose ids come after it are still to be diagnosed by the policy as it is now.
CREATE TABLE service_account_policy (
    organization_id   TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    wanted            BIGINT NOT NULL,
    rotate_every_days BIGINT NOT NULL,
    excluded_accounts TEXT   NOT NULL,
    changed_at        BIGINT NOT NULL,
    refresh_after     TEXT
);

-- Devices that have no service account whatever the organisation wants.
CREATE TABLE service_account_exclusion (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    device_id       TEXT   NOT NULL PRIMARY KEY REFERENCES device (id),
    excluded_at     BIGINT NOT NULL
);

-- What agents did by themselves. Never changed, never deleted.
CREATE TABLE deed (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    id              TEXT   NOT NULL PRIMARY KEY,
    device_id       TEXT   NOT NULL REFERENCES device (id),
    at              BIGINT NOT NULL,
    has_edge        BIGINT NOT NULL,
    json            TEXT   NOT NULL
);

CREATE INDEX deed_by_device ON deed (organization_id, device_id, at, id);

CREATE INDEX deed_with_edge ON deed (organization_id, device_id, at) WHERE has_edge = 1;

-- The status of each service account, and the class that it belongs to, for lists and filters.
ALTER TABLE device ADD COLUMN service_account TEXT NOT NULL DEFAULT 'unknown';

ALTER TABLE device ADD COLUMN service_account_class TEXT NOT NULL DEFAULT '';

CREATE INDEX device_by_service_account ON device (organization_id, service_account, sort_name, id)
    WHERE replaced_by IS NULL;

CREATE INDEX device_by_service_account_class ON device (organization_id, service_account_class, sort_name, id)
    WHERE replaced_by IS NULL;
