-- Everything that changed or revealed something. Only ever added to; `seq` is given by the engine.
CREATE TABLE audit (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    organization_id TEXT    NOT NULL REFERENCES organization (id),
    at              BIGINT  NOT NULL,
    actor           TEXT    NOT NULL,
    verb            TEXT    NOT NULL,
    device_id       TEXT,
    subject         TEXT,
    reason          TEXT,
    detail          TEXT
);

CREATE INDEX audit_by_organization ON audit (organization_id, seq);
