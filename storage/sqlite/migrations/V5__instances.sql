-- A certificate is known by its number. What was issued under the number are its instances, each of which takes the place of
-- the one before it (docs/CREDENTIAL.md, «Instances»).
CREATE TABLE certificate_instance (
    tenant_id    TEXT NOT NULL,
    number       TEXT NOT NULL,
    instance     INTEGER NOT NULL CHECK (instance > 0),
    certificate  TEXT NOT NULL,
    cpd_record   TEXT NOT NULL,
    issued_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, number, instance),
    FOREIGN KEY (tenant_id, number) REFERENCES certificate (tenant_id, number)
) STRICT;
INSERT INTO certificate_instance (tenant_id, number, instance, certificate, cpd_record, issued_at_ms)
SELECT tenant_id, number, 1, certificate, cpd_record, issued_at_ms FROM certificate;

-- What became of an instance, from its issue on; nothing is ever changed or taken away here. The last row holds.
CREATE TABLE certificate_state (
    tenant_id     TEXT NOT NULL,
    number        TEXT NOT NULL,
    instance      INTEGER NOT NULL,
    seq           INTEGER NOT NULL CHECK (seq > 0),
    state         TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'revoked', 'superseded')),
    reason        TEXT NOT NULL,
    decided_by    TEXT NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, number, instance, seq),
    FOREIGN KEY (tenant_id, number, instance) REFERENCES certificate_instance (tenant_id, number, instance)
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_state (tenant_id, number, instance, seq, state, reason, decided_by, changed_at_ms)
SELECT tenant_id, number, 1, 1, 'active', 'issued', decision.decided_by, issued_at_ms
FROM certificate JOIN decision USING (tenant_id, attempt_id);
INSERT INTO certificate_state (tenant_id, number, instance, seq, state, reason, decided_by, changed_at_ms)
SELECT tenant_id, number, 1, 2, 'revoked', reason, decided_by, min(revoked_at_ms)
FROM revocation WHERE document = 'certificate' GROUP BY tenant_id, number;

ALTER TABLE certificate DROP COLUMN certificate;
ALTER TABLE certificate DROP COLUMN cpd_record;
ALTER TABLE certificate DROP COLUMN issued_at_ms;

-- Every instance with its state; the last of a number is the live one.
CREATE VIEW certificate_as_it_is AS
SELECT c.tenant_id, c.number, c.attempt_id, c.lookup_name, i.certificate, i.cpd_record, c.cpd_award, i.issued_at_ms, i.instance,
    s.state,
    i.instance = (SELECT max(o.instance) FROM certificate_instance o
                  WHERE o.tenant_id = i.tenant_id AND o.number = i.number) AS live
FROM certificate c
JOIN certificate_instance i ON i.tenant_id = c.tenant_id AND i.number = c.number
JOIN certificate_state s ON s.tenant_id = i.tenant_id AND s.number = i.number AND s.instance = i.instance
WHERE s.seq = (SELECT max(o.seq) FROM certificate_state o
               WHERE o.tenant_id = s.tenant_id AND o.number = s.number AND o.instance = s.instance);
