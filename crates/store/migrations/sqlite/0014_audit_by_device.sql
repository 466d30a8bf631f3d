-- What happened to one device, newest first.
CREATE INDEX audit_by_device ON audit (organization_id, device_id, seq) WHERE device_id IS NOT NULL;
