-- The place of each entry of the audit log in its organisation's chain, with the hash that covers it and all before it.
-- Entries are sealed a moment after they were written, so that writing one never waits for another.
CREATE TABLE audit_seal (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    position        BIGINT NOT NULL,
    seq             BIGINT NOT NULL UNIQUE,
    hash            TEXT   NOT NULL,
    PRIMARY KEY (organization_id, position)
);

-- Signatures on where a chain stood, as JSON.
CREATE TABLE audit_checkpoint (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    position        BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    checkpoint      TEXT   NOT NULL,
    PRIMARY KEY (organization_id, position)
);
