-- What happened to something that is no device, such as a bulk run, newest first.
CREATE INDEX audit_by_subject ON audit (organization_id, subject, seq) WHERE device_id IS NULL;
