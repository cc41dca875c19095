CREATE TABLE sitting (
    tenant_id     TEXT NOT NULL,
    id            TEXT NOT NULL,
    title         TEXT NOT NULL,
    scheme        TEXT NOT NULL,
    opens_at_ms   INTEGER NOT NULL,
    closes_at_ms  INTEGER NOT NULL CHECK (closes_at_ms > opens_at_ms),
    commitment    TEXT NOT NULL,
    pool          TEXT NOT NULL,
    release_code  TEXT NOT NULL,
    room_seed     BLOB NOT NULL CHECK (length(room_seed) = 32),
    reserve_of    TEXT,
    safe_browser  TEXT,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, reserve_of) REFERENCES sitting (tenant_id, id)
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
    break_ms            INTEGER NOT NULL,
    grant_seed          BLOB NOT NULL CHECK (length(grant_seed) = 32),
    draw                TEXT NOT NULL,
    manifest            TEXT NOT NULL,
    package             BLOB NOT NULL,
    form                TEXT NOT NULL,
    plan                TEXT NOT NULL,
    started_at_ms       INTEGER,
    given_at_ms         INTEGER,
    device              TEXT,
    -- The keys of the devices that it was bound to before, with blanks between them.
    released_devices    TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code_hash),
    UNIQUE (tenant_id, sitting_id, place),
    FOREIGN KEY (tenant_id, sitting_id) REFERENCES sitting (tenant_id, id),
    CHECK (given_at_ms IS NULL OR device IS NOT NULL)
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

CREATE TABLE anchor (
    tenant_id      TEXT NOT NULL,
    attempt_id     TEXT NOT NULL,
    challenge      TEXT NOT NULL,
    authority      TEXT NOT NULL CHECK (authority IN ('server', 'proctor')),
    issued_at_ms   INTEGER NOT NULL,
    line_count     INTEGER,
    head           TEXT,
    recorded_at_ms INTEGER,
    recorded_by    TEXT,
    PRIMARY KEY (tenant_id, attempt_id, challenge),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id),
    CHECK ((line_count IS NULL) = (recorded_at_ms IS NULL))
) STRICT;

CREATE TABLE issued_grant (
    tenant_id    TEXT NOT NULL,
    attempt_id   TEXT NOT NULL,
    id           TEXT NOT NULL,
    document     TEXT NOT NULL,
    issued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, attempt_id, id),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id)
) STRICT;

CREATE TABLE response (
    tenant_id      TEXT NOT NULL,
    attempt_id     TEXT NOT NULL,
    digest         TEXT NOT NULL,
    outcome        TEXT NOT NULL CHECK (outcome IN ('taken', 'known', 'older', 'fork')),
    line_count     INTEGER NOT NULL,
    received_at_ms INTEGER NOT NULL,
    -- Kept whole where it differs from the journal held.
    file           BLOB,
    PRIMARY KEY (tenant_id, attempt_id, digest),
    FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id)
) STRICT;

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
