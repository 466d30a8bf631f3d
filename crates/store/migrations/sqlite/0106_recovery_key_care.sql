-- Since when the current version of a line is that, and when what is wrong with it is another thing by time alone.
ALTER TABLE escrow_standing ADD COLUMN current_since BIGINT;

ALTER TABLE escrow_standing ADD COLUMN judge_at BIGINT;

UPDATE escrow_standing SET current_since = (SELECT MAX(escrow_event.at) FROM escrow_event
WHERE escrow_event.organization_id = escrow_standing.organization_id
AND escrow_event.serial_number = escrow_standing.serial_number AND escrow_event.kind = escrow_standing.kind
AND escrow_event.what = 'escrowed' AND escrow_event.version = escrow_standing.current_version)
WHERE current_version IS NOT NULL;

-- Each is judged once, which says when it is judged next.
UPDATE escrow_standing SET judge_at = 0 WHERE kind = 'personal_recovery_key';

CREATE INDEX escrow_standing_by_judgement ON escrow_standing (judge_at) WHERE judge_at IS NOT NULL;

-- After how many days a recovery key is replaced; without a row, and with 0, never.
CREATE TABLE recovery_key_policy (
    organization_id   TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    rotate_every_days BIGINT NOT NULL,
    changed_at        BIGINT NOT NULL
);
