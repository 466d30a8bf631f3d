-- People who can sign in. A person without a password has been invited and has not chosen one yet.
CREATE TABLE person (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    id              TEXT   NOT NULL PRIMARY KEY,
    name            TEXT   NOT NULL,
    role            TEXT   NOT NULL,
    password_hash   TEXT,
    created_at      BIGINT NOT NULL,
    UNIQUE (organization_id, name)
);

-- Links by which somebody chooses a password. Only the SHA-256 of each is kept; a person has one at a time.
CREATE TABLE invitation (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL UNIQUE,
    person_id       TEXT   NOT NULL PRIMARY KEY REFERENCES person (id),
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);

-- Sessions are listed and ended by their ids, and belong to a person, whose role holds. One that was begun by a link of the
-- server's operator belongs to nobody here and brings its own role. Those of the older table end: who was signed in signs in
-- again.
DROP TABLE session;

CREATE TABLE session (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    id              TEXT   NOT NULL UNIQUE,
    person          TEXT   NOT NULL,
    person_id       TEXT   REFERENCES person (id),
    role            TEXT,
    address         TEXT,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);

CREATE INDEX session_by_expiry ON session (expires_at);

CREATE INDEX session_by_organization ON session (organization_id, created_at);

CREATE INDEX session_by_person ON session (person_id);

-- A token brings a role, or those permissions of it that are its scopes. Tokens from before bring everything, as they did.
ALTER TABLE api_token ADD COLUMN role TEXT NOT NULL DEFAULT 'owner';

ALTER TABLE api_token ADD COLUMN scopes TEXT;

ALTER TABLE api_token ADD COLUMN expires_at BIGINT;
