-- The attributes that an organisation has given its Macs beside the built-in ones. `kind` is `plain` or `secret`.
CREATE TABLE enrolment_attribute (
    organization_id TEXT   NOT NULL REFERENCES organization (id),
    name            TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (organization_id, name)
);
