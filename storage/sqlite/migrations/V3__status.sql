-- Numbers on the status lists that were given out; one more than is used hides who holds what (docs/STATUS.md).
CREATE TABLE status_entry (
    tenant_id      TEXT NOT NULL,
    list           INTEGER NOT NULL,
    entry          INTEGER NOT NULL,
    reserved_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, list, entry)
) STRICT, WITHOUT ROWID;

-- What was revoked; nothing is ever changed or taken away here.
CREATE TABLE revocation (
    tenant_id     TEXT NOT NULL,
    list          INTEGER NOT NULL,
    entry         INTEGER NOT NULL,
    number        TEXT NOT NULL,
    document      TEXT NOT NULL,
    reason        TEXT NOT NULL,
    decided_by    TEXT NOT NULL,
    revoked_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, list, entry),
    FOREIGN KEY (tenant_id, number) REFERENCES certificate (tenant_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX revocation_of_certificate ON revocation (tenant_id, number);
