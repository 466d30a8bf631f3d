-- People signed in to the console. Only the SHA-256 of each cookie is kept.
CREATE TABLE session (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    person          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);

CREATE INDEX session_by_expiry ON session (expires_at);
