-- Requests to see a secret that the vault keeps, which somebody else has to approve. Each shows one version once.
CREATE TABLE reveal_request (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    id              TEXT   NOT NULL PRIMARY KEY,
    serial_number   TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    device_id       TEXT   NOT NULL,
    person_id       TEXT   NOT NULL,
    asked_by        TEXT   NOT NULL,
    reason          TEXT   NOT NULL,
    at              BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    approved_by     TEXT,
    used_at         BIGINT
);

CREATE INDEX reveal_request_by_line ON reveal_request (organization_id, serial_number, kind, expires_at);
