-- The policy "token for primary users": on where `enabled` is 1. While `refresh_after` is there, the devices whose ids
-- come after it are still to be diagnosed by the policy as it is now.
CREATE TABLE token_for_primary_users (
    organization_id TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    enabled         BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    refresh_after   TEXT
);

CREATE INDEX device_by_id ON device (organization_id, id) WHERE replaced_by IS NULL;
