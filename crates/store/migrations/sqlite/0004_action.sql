-- What is asked of a device. `envelope` is the canonical JSON that its secrets are bound to; `plan` and `outcome` are JSON.
CREATE TABLE action (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    id              TEXT   NOT NULL PRIMARY KEY,
    device_id       TEXT   NOT NULL REFERENCES device (id),
    kind            TEXT   NOT NULL,
    envelope        TEXT   NOT NULL,
    plan            TEXT   NOT NULL,
    state           TEXT   NOT NULL,
    code            TEXT,
    outcome         TEXT,
    not_after       BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    created_by      TEXT   NOT NULL,
    offered_at      BIGINT,
    started_at      BIGINT,
    finished_at     BIGINT
);

CREATE INDEX action_by_time ON action (organization_id, created_at, id);

CREATE INDEX action_by_device ON action (organization_id, device_id, created_at, id);

CREATE INDEX action_by_state ON action (organization_id, state, created_at, id);

CREATE INDEX action_open ON action (device_id, created_at, id) WHERE state IN ('queued', 'offered', 'running');

CREATE INDEX action_waiting ON action (not_after) WHERE state IN ('queued', 'offered');
