-- Secrets that were collected for wildcards: sealed to the key of a device, or, where the Mac has none yet, to the
-- vault's key until `expires_at`. What was destroyed leaves its row without a seal.
CREATE TABLE collected_secret (
    organization_id  TEXT   NOT NULL REFERENCES organization (id),
    serial_number    TEXT   NOT NULL,
    attribute        TEXT   NOT NULL,
    collection_id    TEXT   NOT NULL,
    collected_at     BIGINT NOT NULL,
    device_id        TEXT   REFERENCES device (id),
    expires_at       BIGINT,
    sealing_key      TEXT   NOT NULL,
    encapsulated_key BLOB,
    ciphertext       BLOB,
    PRIMARY KEY (organization_id, serial_number, attribute)
);

CREATE INDEX collected_secret_waiting ON collected_secret (expires_at)
    WHERE device_id IS NULL AND ciphertext IS NOT NULL;
