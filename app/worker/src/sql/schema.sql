-- What a column named `sealed`, `identity` or `device_seed` holds is encrypted (vault.rs).
CREATE TABLE attempt (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    id           TEXT NOT NULL,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    identity     BLOB,
    device_key   TEXT,
    device_home  TEXT,
    device_seed  BLOB,
    CHECK ((device_key IS NULL) = (device_home IS NULL))
) STRICT;
-- Apart from the attempt: SQLite writes a row whole, and a package is large.
CREATE TABLE package (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    file BLOB NOT NULL
) STRICT;
CREATE TABLE line (
    seq    INTEGER PRIMARY KEY CHECK (seq > 0),
    sealed BLOB NOT NULL
) STRICT;
-- The attempt is '' for a note that is about none.
CREATE TABLE note (
    attempt TEXT NOT NULL,
    name    TEXT NOT NULL,
    sealed  BLOB NOT NULL,
    PRIMARY KEY (attempt, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE probe (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n   INTEGER NOT NULL
) STRICT;
