-- The second factor of people who have one: the secret of an app that makes codes (RFC 6238), encrypted by a data key of its
-- own. `last_step` is the time step of the last code that was taken; none before it is taken again.
CREATE TABLE second_factor (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    person_id       TEXT   NOT NULL PRIMARY KEY REFERENCES person (id),
    ciphertext      BLOB   NOT NULL,
    wrapping_key    TEXT   NOT NULL,
    wrapped         BLOB   NOT NULL,
    last_step       BIGINT NOT NULL,
    created_at      BIGINT NOT NULL
);

CREATE INDEX second_factor_by_wrapping ON second_factor (wrapping_key);

-- Codes for whoever has lost the app, each good once. Only the SHA-256 of each is kept.
CREATE TABLE recovery_code (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    person_id       TEXT   NOT NULL REFERENCES person (id),
    hash            TEXT   NOT NULL,
    PRIMARY KEY (person_id, hash)
);

-- Since when a person signs in with a second factor. One that was begun and never confirmed does not count.
ALTER TABLE person ADD COLUMN second_factor_at BIGINT;

-- People whose password was right and who have not given their second factor yet. Only the SHA-256 of what their page holds is
-- kept.
CREATE TABLE sign_in_step (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    hash            TEXT   NOT NULL PRIMARY KEY,
    person_id       TEXT   NOT NULL REFERENCES person (id),
    expires_at      BIGINT NOT NULL
);

CREATE INDEX sign_in_step_by_person ON sign_in_step (person_id);

CREATE INDEX sign_in_step_by_expiry ON sign_in_step (expires_at);
