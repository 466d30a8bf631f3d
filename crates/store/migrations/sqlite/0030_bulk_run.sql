-- One action asked of many devices. `asked` is the JSON of what was asked, without secrets. `canary_size` is known when all
-- devices are planned. The columns `…_before` tell how many had ended when the run was last continued.
CREATE TABLE bulk_run (
    organization_id         TEXT   NOT NULL REFERENCES organization (id),
    id                      TEXT   NOT NULL PRIMARY KEY,
    kind                    TEXT   NOT NULL,
    asked                   TEXT   NOT NULL,
    canary                  TEXT   NOT NULL,
    canary_size             BIGINT,
    stop_at_failure_percent BIGINT NOT NULL,
    in_flight               BIGINT NOT NULL,
    not_before              BIGINT,
    not_after               BIGINT NOT NULL,
    reason                  TEXT,
    state                   TEXT   NOT NULL,
    code                    TEXT,
    succeeded_before        BIGINT NOT NULL,
    failed_before           BIGINT NOT NULL,
    created_at              BIGINT NOT NULL,
    created_by              TEXT   NOT NULL,
    ready_at                BIGINT,
    stopped_at              BIGINT,
    finished_at             BIGINT
);

CREATE INDEX bulk_run_by_time ON bulk_run (organization_id, created_at, id);

CREATE INDEX bulk_run_unfinished ON bulk_run (created_at, id) WHERE finished_at IS NULL;

-- Actions of bulk runs. A held one is shown to no agent; `turn` says which are released first. Any action may have a time
-- before which it is shown to no agent either.
ALTER TABLE action ADD COLUMN bulk_run_id TEXT REFERENCES bulk_run (id);

ALTER TABLE action ADD COLUMN held BIGINT NOT NULL DEFAULT 0;

ALTER TABLE action ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;

ALTER TABLE action ADD COLUMN released_at BIGINT;

ALTER TABLE action ADD COLUMN not_before BIGINT;

CREATE INDEX action_of_run ON action (bulk_run_id, state, held, code, released_at) WHERE bulk_run_id IS NOT NULL;

CREATE INDEX action_held ON action (bulk_run_id, turn, id) WHERE held = 1;

CREATE INDEX action_opening ON action (not_before) WHERE state = 'queued' AND not_before IS NOT NULL;
