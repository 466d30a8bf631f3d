-- The sealed secrets of an action, until it ends.
CREATE TABLE sealed_secret (
    organization_id  TEXT NOT NULL REFERENCES organization (id),
    action_id        TEXT NOT NULL REFERENCES action (id),
    role             TEXT NOT NULL,
    encapsulated_key BLOB NOT NULL,
    ciphertext       BLOB NOT NULL,
    PRIMARY KEY (action_id, role)
);
