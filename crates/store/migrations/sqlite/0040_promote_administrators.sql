-- The policy "promote administrators": on where `enabled` is 1.
CREATE TABLE promote_administrators (
    organization_id TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    enabled         BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL
);
