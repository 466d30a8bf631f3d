-- Each device under each of its warnings and under the band of its score, for lists in the order of names. `what` is `warning:` with
-- its word, or `band:` with the lowest and the highest score.
CREATE TABLE resilience_listed (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    device_id       TEXT NOT NULL REFERENCES device (id),
    what            TEXT NOT NULL,
    sort_name       TEXT NOT NULL,
    PRIMARY KEY (device_id, what)
);

CREATE INDEX resilience_listed_by_name ON resilience_listed (organization_id, what, sort_name, device_id);

INSERT INTO resilience_listed (organization_id, device_id, what, sort_name)
SELECT resilience.organization_id, resilience.device_id,
CASE WHEN score < 20 THEN 'band:0-19' WHEN score < 40 THEN 'band:20-39' WHEN score < 60 THEN 'band:40-59'
WHEN score < 80 THEN 'band:60-79' ELSE 'band:80-100' END, device.sort_name
FROM resilience JOIN device ON device.id = resilience.device_id;

INSERT INTO resilience_listed (organization_id, device_id, what, sort_name)
SELECT resilience.organization_id, resilience.device_id, 'warning:' || words.word, device.sort_name
FROM resilience JOIN device ON device.id = resilience.device_id
JOIN (SELECT 'nobody_can_grant' AS word UNION SELECT 'one_holder' UNION SELECT 'no_proved_holder'
UNION SELECT 'no_service_account' UNION SELECT 'no_recovery_key' UNION SELECT 'recovery_key_not_proved') AS words
ON resilience.warnings LIKE '%"' || words.word || '"%';

-- Scores count more ways back than they did: what is kept is found anew, a few devices at a time.
INSERT INTO finding_refresh (organization_id, after_device_id) SELECT id, '' FROM organization WHERE id <> ''
ON CONFLICT (organization_id) DO UPDATE SET after_device_id = '';
