-- What an organisation wants of the local administrators on its Macs, as JSON; null, and without a row, it wants none.
CREATE TABLE local_administrator_policy (
    organization_id TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    settings        TEXT,
    changed_at      BIGINT NOT NULL
);
