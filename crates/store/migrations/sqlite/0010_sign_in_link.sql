-- Links that sign a person in to the console once. Only the SHA-256 of each is kept.
CREATE TABLE sign_in_link (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    person          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    used_at         BIGINT
);
