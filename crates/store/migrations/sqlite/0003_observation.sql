-- The last observation of each device, whole.
CREATE TABLE observation (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    device_id       TEXT   NOT NULL PRIMARY KEY REFERENCES device (id),
    observed_at     BIGINT NOT NULL,
    json            TEXT   NOT NULL
);
