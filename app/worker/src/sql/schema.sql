CREATE TABLE IF NOT EXISTS attempt (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    id           TEXT NOT NULL,
    token        TEXT NOT NULL,
    device       TEXT NOT NULL,
    manifest     TEXT NOT NULL,
    acknowledged INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS line (
    seq  INTEGER PRIMARY KEY CHECK (seq > 0),
    text TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS probe (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n   INTEGER NOT NULL
) STRICT;
PRAGMA user_version = 1;
