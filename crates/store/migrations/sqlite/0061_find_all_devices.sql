-- Devices that were kept before there was an index of words are indexed, and their findings put in order, a few at a time:
-- they are due, as those are whose enrolment data has changed.
INSERT INTO finding_due (organization_id, device_id, times)
SELECT organization_id, id, 1 FROM device WHERE search = '' AND replaced_by IS NULL
ON CONFLICT (device_id) DO UPDATE SET times = finding_due.times + 1;

-- What was replaced is found by nothing.
DELETE FROM device_word WHERE device_id IN (SELECT id FROM device WHERE replaced_by IS NOT NULL);

UPDATE device SET search = '' WHERE replaced_by IS NOT NULL;
