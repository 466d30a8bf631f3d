-- Devices that are to be diagnosed anew without a new observation. `times` tells one asking from the next.
CREATE TABLE finding_due (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    device_id       TEXT   NOT NULL PRIMARY KEY REFERENCES device (id),
    times           BIGINT NOT NULL
);
