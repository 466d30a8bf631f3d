-- The words by which devices are found; `device.search` holds the same words of one device in a line. They stand in the
-- order of names, so that a page of what has a word is read from here alone.
CREATE TABLE device_word (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    word            TEXT NOT NULL,
    sort_name       TEXT NOT NULL,
    device_id       TEXT NOT NULL REFERENCES device (id),
    PRIMARY KEY (organization_id, word, sort_name, device_id)
) WITHOUT ROWID;

-- Filters read findings in the order of names. Of several findings of one code, the first stands for the device.
ALTER TABLE finding ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';

ALTER TABLE finding ADD COLUMN chain TEXT NOT NULL DEFAULT '';

ALTER TABLE finding ADD COLUMN is_first BIGINT NOT NULL DEFAULT 0;

DROP INDEX finding_by_code;

CREATE INDEX finding_by_code ON finding (organization_id, code, sort_name, device_id) WHERE is_first = 1;

CREATE INDEX finding_by_code_and_chain ON finding (organization_id, code, chain, sort_name, device_id)
    WHERE is_first = 1;

-- Words and findings are made anew from what agents tell: a digest that no observation has makes them tell it again.
UPDATE device SET search = '', observation_digest = CASE WHEN observation_digest IS NULL THEN NULL ELSE '' END;
