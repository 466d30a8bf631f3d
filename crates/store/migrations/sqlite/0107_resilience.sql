-- How well each device stands, and for the fleet, how many have each score and each warning: counted when a score changes, so that
-- nothing looks through all devices. `what` is `score:` or `warning:` with a number or a word.
CREATE TABLE resilience (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    device_id       TEXT   NOT NULL PRIMARY KEY REFERENCES device (id),
    score           BIGINT NOT NULL,
    warnings        TEXT   NOT NULL
);

CREATE TABLE resilience_count (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    what            TEXT   NOT NULL,
    devices         BIGINT NOT NULL,
    PRIMARY KEY (organization_id, what)
);

-- Where the fleet stood at the end of each day, counted from 1970 by UTC.
CREATE TABLE resilience_day (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    day             BIGINT NOT NULL,
    devices         BIGINT NOT NULL,
    score_sum       BIGINT NOT NULL,
    PRIMARY KEY (organization_id, day)
);

-- Of what is kept already, the scores are found a few at a time.
INSERT INTO finding_refresh (organization_id, after_device_id) SELECT id, '' FROM organization WHERE id <> ''
ON CONFLICT (organization_id) DO UPDATE SET after_device_id = '';
