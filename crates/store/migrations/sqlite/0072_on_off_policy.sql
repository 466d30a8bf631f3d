-- Policies that are on where `enabled` is 1, and off where it is 0 or there is no row.
CREATE TABLE on_off_policy (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    policy          TEXT   NOT NULL,
    enabled         BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, policy)
);

INSERT INTO on_off_policy (organization_id, policy, enabled, changed_at)
SELECT organization_id, 'promote_administrators', enabled, changed_at FROM promote_administrators
UNION ALL SELECT organization_id, 'token_for_primary_users', enabled, changed_at FROM token_for_primary_users;

DROP TABLE promote_administrators;

DROP TABLE token_for_primary_users;
