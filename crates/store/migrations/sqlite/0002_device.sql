-- One enrolled Mac. The columns after `observation_digest` are copied from its last observation, so that lists, filters
-- and counts read this table alone.
CREATE TABLE device (
    organization_id    TEXT   NOT NULL REFERENCES organization (id),
    id                 TEXT   NOT NULL PRIMARY KEY,
    name               TEXT   NOT NULL,
    serial_number      TEXT   NOT NULL,
    hardware_uuid      TEXT   NOT NULL,
    agent_version      TEXT   NOT NULL,
    signing_key        TEXT   NOT NULL,
    sealing_key        TEXT   NOT NULL,
    pending            BIGINT NOT NULL,
    replaced_by        TEXT   REFERENCES device (id),
    enrolled_at        BIGINT NOT NULL,
    last_seen_at       BIGINT,
    sort_name          TEXT   NOT NULL,
    search             TEXT   NOT NULL,
    observed_at        BIGINT,
    observation_digest TEXT,
    model              TEXT,
    chip               TEXT,
    os_version         TEXT,
    os_build           TEXT,
    volume_format      TEXT,
    filevault          TEXT,
    chain              TEXT   NOT NULL,
    holders            BIGINT NOT NULL,
    accounts           BIGINT NOT NULL
);

CREATE INDEX device_by_name ON device (organization_id, sort_name, id) WHERE replaced_by IS NULL;

CREATE INDEX device_by_chain ON device (organization_id, chain, sort_name, id) WHERE replaced_by IS NULL;

-- A serial number or hardware UUID stands for one device; whoever else claims it stays pending.
CREATE UNIQUE INDEX device_serial_number ON device (organization_id, serial_number)
    WHERE pending = 0 AND replaced_by IS NULL;

CREATE UNIQUE INDEX device_hardware_uuid ON device (organization_id, hardware_uuid)
    WHERE pending = 0 AND replaced_by IS NULL;

CREATE INDEX device_predecessors ON device (replaced_by) WHERE replaced_by IS NOT NULL;
