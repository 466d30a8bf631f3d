-- The words by which enrolment records are found; `enrolment_record.search` holds the same words of one record in a line. They
-- stand in the order of serial numbers, so that a page of what has a word is read from here alone.
CREATE TABLE enrolment_word (
    organization_id TEXT NOT NULL,
    word            TEXT NOT NULL,
    serial_number   TEXT NOT NULL,
    PRIMARY KEY (organization_id, word, serial_number)
) WITHOUT ROWID;

-- Records that are older than the index get into it when the database is opened: what has no words is not in it.
UPDATE enrolment_record SET search = '';

CREATE INDEX enrolment_record_without_words ON enrolment_record (organization_id, serial_number) WHERE search = '';
