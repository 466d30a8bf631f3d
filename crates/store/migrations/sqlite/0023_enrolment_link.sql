-- Links to the page on which the person of one Mac says who it is. Each can be used once; only its SHA-256 is kept.
CREATE TABLE enrolment_link (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    serial_number   TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    used_at         BIGINT
);
