-- Enrolments of Macs with Bestow's own device management. They belong to serial numbers and refer to no device, as the vault's lines
-- do, so that they outlive it.
CREATE TABLE mdm_enrolment (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    id              TEXT   NOT NULL PRIMARY KEY,
    serial_number   TEXT   NOT NULL,
    hardware_uuid   TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    prepared_at     BIGINT NOT NULL,
    enrolled_at     BIGINT,
    ended_at        BIGINT
);

CREATE INDEX mdm_enrolment_by_mac ON mdm_enrolment (organization_id, serial_number, prepared_at, id);

-- The certificates by which Macs are known, each by its SHA-256. Their keys were put into profiles and forgotten.
CREATE TABLE mdm_identity (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    certificate     TEXT   NOT NULL PRIMARY KEY,
    enrolment_id    TEXT   NOT NULL REFERENCES mdm_enrolment (id),
    issued_at       BIGINT NOT NULL
);

CREATE INDEX mdm_identity_by_enrolment ON mdm_identity (enrolment_id, issued_at);
