-- The transparency log (docs/LOG.md).

-- What happened and is not logged yet: written in the transaction of what happened, taken out in that of its leaf.
CREATE TABLE log_outbox (
    tenant_id    TEXT NOT NULL,
    -- certificate/NUMBER/INSTANCE, cpd_record/NUMBER/INSTANCE, status/LIST/ENTRY, draw/SITTING
    subject      TEXT NOT NULL,
    queued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX log_outbox_in_order ON log_outbox (tenant_id, queued_at_ms, subject);

-- The leaves with what they are of; nothing happens twice.
CREATE TABLE log_leaf (
    tenant_id TEXT NOT NULL,
    leaf      INTEGER NOT NULL CHECK (leaf >= 0),
    subject   TEXT NOT NULL,
    -- The record whose digest is logged. Without it, nobody can tell any more what the leaf is of.
    record    TEXT,
    PRIMARY KEY (tenant_id, leaf),
    UNIQUE (tenant_id, subject)
) STRICT, WITHOUT ROWID;

-- Tiles of hashes by level, bundles of entries at level -1. The last of a level grows; what it held stays its beginning.
CREATE TABLE log_tile (
    tenant_id TEXT NOT NULL,
    level     INTEGER NOT NULL CHECK (level BETWEEN -1 AND 7),
    n         INTEGER NOT NULL CHECK (n >= 0),
    content   BLOB NOT NULL,
    PRIMARY KEY (tenant_id, level, n)
) STRICT;

-- Checkpoints that were signed, with the signatures of witnesses that they have by now.
CREATE TABLE log_checkpoint (
    tenant_id    TEXT NOT NULL,
    size         INTEGER NOT NULL CHECK (size > 0),
    note         TEXT NOT NULL,
    cosignatures INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, size)
) STRICT, WITHOUT ROWID;

-- What was issued, revoked and committed to before there was a log.
INSERT INTO log_outbox (tenant_id, subject, queued_at_ms)
SELECT tenant_id, 'draw/' || id, created_at_ms FROM sitting
UNION ALL SELECT tenant_id, 'certificate/' || number || '/1', issued_at_ms FROM certificate
UNION ALL SELECT tenant_id, 'cpd_record/' || number || '/1', issued_at_ms FROM certificate
UNION ALL SELECT tenant_id, 'status/' || list || '/' || entry, revoked_at_ms FROM revocation;
