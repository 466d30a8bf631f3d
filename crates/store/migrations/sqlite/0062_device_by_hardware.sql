-- The device of a serial number or of a hardware UUID is looked up at each enrolment, those that wait for approval included:
-- the unique indexes leave them out.
CREATE INDEX device_by_serial_number ON device (organization_id, serial_number) WHERE replaced_by IS NULL;

CREATE INDEX device_by_hardware_uuid ON device (organization_id, hardware_uuid) WHERE replaced_by IS NULL;
