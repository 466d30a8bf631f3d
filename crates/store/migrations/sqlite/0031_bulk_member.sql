-- The devices of a bulk run, each with its action or with what it lacks for one.
CREATE TABLE bulk_member (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    bulk_run_id     TEXT   NOT NULL REFERENCES bulk_run (id),
    place           BIGINT NOT NULL,
    device_id       TEXT   NOT NULL REFERENCES device (id),
    readiness       TEXT   NOT NULL,
    code            TEXT,
    detail          TEXT,
    action_id       TEXT   REFERENCES action (id),
    PRIMARY KEY (bulk_run_id, place)
);

CREATE UNIQUE INDEX bulk_member_by_device ON bulk_member (bulk_run_id, device_id);

CREATE INDEX bulk_member_by_readiness ON bulk_member (bulk_run_id, readiness, code, place);
