-- What was diagnosed from the last observation of each device; replaced together with it.
CREATE TABLE finding (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    device_id       TEXT NOT NULL REFERENCES device (id),
    code            TEXT NOT NULL,
    severity        TEXT NOT NULL,
    account         TEXT
);

CREATE INDEX finding_by_device ON finding (device_id);

CREATE INDEX finding_by_code ON finding (organization_id, code, device_id);

-- How many of each severity, so that lists read the table of devices alone.
ALTER TABLE device ADD COLUMN critical_findings BIGINT NOT NULL DEFAULT 0;

ALTER TABLE device ADD COLUMN problem_findings BIGINT NOT NULL DEFAULT 0;

ALTER TABLE device ADD COLUMN advice_findings BIGINT NOT NULL DEFAULT 0;

-- Nothing was diagnosed from what is kept already: a digest that no observation has makes agents tell it again.
UPDATE device SET observation_digest = '' WHERE observation_digest IS NOT NULL;
