-- Who uses the Mac of a serial number, whether it is enrolled or not. `attributes` is JSON; `search` is what a search
-- looks through.
CREATE TABLE enrolment_record (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    serial_number   TEXT   NOT NULL,
    username        TEXT,
    full_name       TEXT,
    email           TEXT,
    account         TEXT,
    attributes      TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    updated_at      BIGINT NOT NULL,
    search          TEXT   NOT NULL,
    PRIMARY KEY (organization_id, serial_number)
);

-- The person of a device, so that a search of devices reads that table alone.
ALTER TABLE device ADD COLUMN person TEXT NOT NULL DEFAULT '';
