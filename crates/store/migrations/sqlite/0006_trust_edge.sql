-- Who handed a token on to whom. One per action that did so; never changed, never deleted.
CREATE TABLE trust_edge (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    action_id       TEXT   NOT NULL PRIMARY KEY REFERENCES action (id),
    device_id       TEXT   NOT NULL REFERENCES device (id),
    granter_guid    TEXT   NOT NULL,
    granter         TEXT   NOT NULL,
    target_guid     TEXT   NOT NULL,
    target          TEXT   NOT NULL,
    method          TEXT   NOT NULL,
    at              BIGINT NOT NULL
);

CREATE INDEX trust_edge_by_device ON trust_edge (organization_id, device_id, at);
