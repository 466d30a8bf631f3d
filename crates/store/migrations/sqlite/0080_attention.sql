-- Why devices need attention, a row for each reason, what is to be seen to first at place 0; replaced with the findings.
-- The rows hold whatever the list, its filters and its counts ask for: `muted_until` is 0 where nobody muted it.
CREATE TABLE attention (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    device_id       TEXT   NOT NULL REFERENCES device (id),
    place           BIGINT NOT NULL,
    code            TEXT   NOT NULL,
    turn            TEXT   NOT NULL,
    remedy          TEXT   NOT NULL,
    owner           TEXT   NOT NULL,
    enrolled_at     BIGINT NOT NULL,
    muted_until     BIGINT NOT NULL,
    sort_name       TEXT   NOT NULL,
    PRIMARY KEY (device_id, place)
);

-- The list and its filters, in the order of names.
CREATE INDEX attention_by_name ON attention (organization_id, sort_name, device_id, place, turn, enrolled_at, muted_until);

CREATE INDEX attention_by_code ON attention (organization_id, code, sort_name, device_id, turn, enrolled_at, muted_until);

CREATE INDEX attention_by_turn ON attention (organization_id, turn, sort_name, device_id, place, enrolled_at, muted_until, remedy);

CREATE INDEX attention_by_remedy ON attention (organization_id, remedy, sort_name, device_id, place, turn, enrolled_at, muted_until);

CREATE INDEX attention_by_owner ON attention (organization_id, owner, sort_name, device_id) WHERE owner <> '';

CREATE INDEX attention_muted ON attention (organization_id, sort_name, device_id) WHERE muted_until > 0;

-- How much is muted, and how many devices are new.
CREATE INDEX attention_by_mute ON attention (organization_id, muted_until, device_id, enrolled_at) WHERE muted_until > 0;

CREATE INDEX attention_by_age ON attention (organization_id, enrolled_at, turn) WHERE place = 0;

-- The reasons as JSON, each with since when it has been one; the mutes as JSON; and who sees to the device.
ALTER TABLE device ADD COLUMN attention TEXT NOT NULL DEFAULT '{"reasons":[],"admin_list":null}';

ALTER TABLE device ADD COLUMN mutes TEXT NOT NULL DEFAULT '[]';

ALTER TABLE device ADD COLUMN owner TEXT NOT NULL DEFAULT '';

-- For how long new devices are left in peace; without a row, as long as by default.
CREATE TABLE needs_attention_policy (
    organization_id TEXT   NOT NULL PRIMARY KEY REFERENCES organization (id),
    after_days      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL
);

-- Of what is kept already, the reasons are found a few at a time.
INSERT INTO finding_refresh (organization_id, after_device_id) SELECT id, '' FROM organization WHERE id <> ''
ON CONFLICT (organization_id) DO UPDATE SET after_device_id = '';
