-- Secrets that let one Mac enrol, once. Only the SHA-256 of each is kept.
CREATE TABLE enrolment_secret (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    used_at         BIGINT,
    used_by         TEXT   REFERENCES device (id)
);
