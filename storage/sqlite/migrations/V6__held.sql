-- Badges without a name that holders asked for; the salts of their hashes are with the holders alone.
CREATE TABLE badge (
    tenant_id    TEXT NOT NULL,
    id           TEXT NOT NULL,
    number       TEXT NOT NULL,
    list         INTEGER NOT NULL,
    entry        INTEGER NOT NULL,
    document     TEXT NOT NULL,
    issued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, number) REFERENCES certificate (tenant_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX badge_of_certificate ON badge (tenant_id, number);

-- Pages that holders switched on: one a certificate, under a text that nobody can guess.
CREATE TABLE share (
    tenant_id     TEXT NOT NULL,
    number        TEXT NOT NULL,
    token         TEXT NOT NULL,
    shared_at_ms  INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, number),
    UNIQUE (tenant_id, token),
    FOREIGN KEY (tenant_id, number) REFERENCES certificate (tenant_id, number)
) STRICT, WITHOUT ROWID;
