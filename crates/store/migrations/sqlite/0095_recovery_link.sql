-- Links to the page with the steps of a Mac's way back, for the person in front of it. Each opens until its time has run out; only
-- its SHA-256 is kept. The steps are those of the moment in which it was made: a Mac that is on its way tells of itself in between.
CREATE TABLE recovery_link (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    device_id       TEXT   NOT NULL REFERENCES device (id),
    way             TEXT   NOT NULL,
    guide           TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    opened_at       BIGINT
);

CREATE INDEX recovery_link_by_device ON recovery_link (device_id, created_at);
CREATE INDEX recovery_link_by_expiry ON recovery_link (expires_at);
