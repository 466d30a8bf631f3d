-- Answers to requests that changed something, so that a repeated request gets the same one. `answer` is absent where the
-- operation can simply be carried out again.
CREATE TABLE idempotency (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    actor           TEXT   NOT NULL,
    key             TEXT   NOT NULL,
    fingerprint     TEXT   NOT NULL,
    answer          TEXT,
    at              BIGINT NOT NULL,
    PRIMARY KEY (organization_id, actor, key)
);

CREATE INDEX idempotency_by_time ON idempotency (at);
