-- Forms of certificates of which parts can be shown, each with a number of its own on a status list: it shows no other number
-- by which it could be told whose it is. Nothing is known of the holders' keys here (docs/JOSE.md).
CREATE TABLE selective (
    tenant_id    TEXT NOT NULL,
    list         INTEGER NOT NULL,
    entry        INTEGER NOT NULL,
    number       TEXT NOT NULL,
    issued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, list, entry),
    FOREIGN KEY (tenant_id, number) REFERENCES certificate (tenant_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX selective_of_certificate ON selective (tenant_id, number);
