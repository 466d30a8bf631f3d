-- The vault: recovery keys and bootstrap tokens of Macs, a line of versions for each Mac and kind. Lines are kept by serial
-- number and refer to no device, so that they outlive it. Versions and events are only ever added.
CREATE TABLE escrow_version (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    serial_number   TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    device_id       TEXT   NOT NULL,
    message_id      TEXT   NOT NULL,
    ciphertext      BLOB   NOT NULL,
    PRIMARY KEY (organization_id, serial_number, kind, version)
);

-- The key of each version's ciphertext, wrapped by the vault's own key, which can change.
CREATE TABLE escrow_data_key (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    serial_number   TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    wrapping_key    TEXT   NOT NULL,
    wrapped         BLOB   NOT NULL,
    PRIMARY KEY (organization_id, serial_number, kind, version)
);

CREATE INDEX escrow_data_key_by_wrapping ON escrow_data_key (wrapping_key);

-- What happened to each line, in order. `message_id` is that of the agent's message, which is taken once.
CREATE TABLE escrow_event (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    serial_number   TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    seq             BIGINT NOT NULL,
    what            TEXT   NOT NULL,
    version         BIGINT,
    origin          TEXT,
    at              BIGINT NOT NULL,
    actor           TEXT   NOT NULL,
    device_id       TEXT   NOT NULL,
    message_id      TEXT,
    PRIMARY KEY (organization_id, serial_number, kind, seq)
);

CREATE UNIQUE INDEX escrow_event_message ON escrow_event (device_id, message_id) WHERE message_id IS NOT NULL;

-- Where each line has come to: what follows from its events.
CREATE TABLE escrow_standing (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    serial_number   TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    device_id       TEXT   NOT NULL,
    events          BIGINT NOT NULL,
    state           TEXT   NOT NULL,
    latest          BIGINT NOT NULL,
    current_version BIGINT,
    proved_at       BIGINT,
    rotate_after    BIGINT,
    PRIMARY KEY (organization_id, serial_number, kind)
);
