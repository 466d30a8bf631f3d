-- Tokens of programs. Only the SHA-256 of each is kept.
CREATE TABLE api_token (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    name            TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    UNIQUE (organization_id, name)
);
