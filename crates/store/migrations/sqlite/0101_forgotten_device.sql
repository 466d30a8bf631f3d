-- What a device that is forgotten leaves in the vault. `has_device` says whether a device of the line's serial number is looked
-- after, `forgotten_at` since when somebody wants it forgotten, `held_since` since when a legal hold keeps it, and the secrets of the
-- versions up to `destroyed` are gone. `device_name` is how the Mac was called when it was forgotten. `reason` of an event is that of whoever did it.
ALTER TABLE escrow_standing ADD COLUMN has_device BIGINT NOT NULL DEFAULT 1;

ALTER TABLE escrow_standing ADD COLUMN device_name TEXT;

ALTER TABLE escrow_standing ADD COLUMN forgotten_at BIGINT;

ALTER TABLE escrow_standing ADD COLUMN held_since BIGINT;

ALTER TABLE escrow_standing ADD COLUMN destroyed BIGINT NOT NULL DEFAULT 0;

ALTER TABLE escrow_event ADD COLUMN reason TEXT;

UPDATE escrow_standing SET has_device = 0 WHERE NOT EXISTS (SELECT id FROM device
WHERE device.organization_id = escrow_standing.organization_id AND device.serial_number = escrow_standing.serial_number
AND device.pending = 0 AND device.replaced_by IS NULL);

CREATE INDEX escrow_standing_without_device ON escrow_standing (organization_id, serial_number, kind) WHERE has_device = 0;

CREATE INDEX escrow_standing_forgotten ON escrow_standing (organization_id, forgotten_at)
    WHERE forgotten_at IS NOT NULL AND held_since IS NULL AND destroyed < latest;

-- For how many days what is kept of a forgotten device stays; without a row, for 90.
CREATE TABLE vault_retention (
    organization_id TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    days            BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL
);

-- A device that is forgotten is found in every table that refers to it, and so is each of its actions.
CREATE INDEX action_of_device ON action (device_id, state);

CREATE INDEX trust_edge_of_device ON trust_edge (device_id);

CREATE INDEX deed_of_device ON deed (device_id);

CREATE INDEX device_word_of_device ON device_word (device_id);

CREATE INDEX bulk_member_of_device ON bulk_member (device_id);

CREATE INDEX bulk_member_of_action ON bulk_member (action_id) WHERE action_id IS NOT NULL;

CREATE INDEX collected_secret_of_device ON collected_secret (device_id) WHERE device_id IS NOT NULL;

CREATE INDEX enrolment_secret_of_device ON enrolment_secret (used_by) WHERE used_by IS NOT NULL;
