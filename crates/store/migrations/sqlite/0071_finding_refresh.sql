-- Organisations whose devices are being diagnosed anew because a policy has changed: those whose ids come after
-- `after_device_id` are still to be asked for. What was under way for one policy or the other goes on for both.
CREATE TABLE finding_refresh (
    organization_id TEXT NOT NULL PRIMARY KEY REFERENCES organization (id),
    after_device_id TEXT NOT NULL
);

INSERT INTO finding_refresh (organization_id, after_device_id)
SELECT organization_id, MIN(refresh_after) FROM (
SELECT organization_id, refresh_after FROM token_for_primary_users WHERE refresh_after IS NOT NULL
UNION ALL SELECT organization_id, refresh_after FROM service_account_policy WHERE refresh_after IS NOT NULL
) AS under_way GROUP BY organization_id;

ALTER TABLE token_for_primary_users DROP COLUMN refresh_after;

ALTER TABLE service_account_policy DROP COLUMN refresh_after;
