-- One organisation whose Macs are kept apart. Every other row names its organisation.
CREATE TABLE organization (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
