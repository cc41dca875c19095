CREATE TABLE sitting (
    tenant_id     TEXT NOT NULL,
    id            TEXT NOT NULL,
    title         TEXT NOT NULL,
    scheme        TEXT NOT NULL,
    opens_at_ms   INTEGER NOT NULL,
    closes_at_ms  INTEGER NOT NULL CHECK (closes_at_ms > opens_at_ms),
    commitment    TEXT NOT NULL,
    pool          TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;

CREATE TABLE attempt (
    tenant_id           TEXT NOT NULL,
    id                  TEXT NOT NULL,
    sitting_id          TEXT NOT NULL,
    place               INTEGER NOT NULL,
    candidate_ref       TEXT NOT NULL,
    candidate_name      TEXT NOT NULL,
    family_name         TEXT NOT NULL,
    attempt_number      INTEGER NOT NULL,
    first_attempt_at_ms INTEGER,
    code_hash           BLOB NOT NULL CHECK (length(code_hash) = 32),
    draw_secret         BLOB NOT NULL CHECK (length(draw_secret) = 32),
    extra_ms            INTEGER NOT NULL,
    draw                TEXT NOT NULL,
    manifest            TEXT NOT NULL,
    form                TEXT NOT NULL,
    plan                TEXT NOT NULL,
    started_at_ms       INTEGER,
    device              TEXT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code_hash),
    UNIQUE (tenant_id, sitting_id, place),
    FOREIGN KEY (tenant_id, sitting_id) REFERENCES sitting (tenant_id, id),
    CHECK ((started_at_ms IS NULL) = (device IS NULL))
) STRICT;

CREATE TABLE journal_line (
    tenant_id      TEXT NOT NULL,
    attempt_id     TEXT NOT NULL,
    seq            INTEGER NOT NULL CHECK (seq > 0),
    line           TEXT NOT NULL,
    received_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, attempt_id, seq),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
    tenant_id     TEXT NOT NULL,
    attempt_id    TEXT NOT NULL,
    outcome       TEXT NOT NULL CHECK (outcome IN ('pass', 'fail', 'referred')),
    decided_by    TEXT NOT NULL,
    decided_at_ms INTEGER NOT NULL,
    raw_score     INTEGER NOT NULL,
    journal_head  TEXT NOT NULL,
    record        TEXT NOT NULL,
    PRIMARY KEY (tenant_id, attempt_id),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id)
) STRICT;

CREATE TABLE certificate (
    tenant_id    TEXT NOT NULL,
    number       TEXT NOT NULL,
    attempt_id   TEXT NOT NULL,
    lookup_name  TEXT NOT NULL,
    certificate  TEXT NOT NULL,
    cpd_record   TEXT NOT NULL,
    cpd_award    TEXT NOT NULL,
    issued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, number),
    UNIQUE (tenant_id, attempt_id),
    UNIQUE (tenant_id, cpd_award),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES decision (tenant_id, attempt_id)
) STRICT;
