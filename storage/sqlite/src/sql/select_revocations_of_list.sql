SELECT list, entry, number, document, reason, decided_by, revoked_at_ms
FROM revocation WHERE tenant_id = ?1 AND list = ?2
UNION ALL
-- What was issued of a certificate falls with the instance that it was issued of.
SELECT s.list, s.entry, s.number, 'selective', r.reason, r.decided_by, min(r.revoked_at_ms)
FROM selective s
JOIN revocation r ON r.tenant_id = s.tenant_id AND r.number = s.number AND r.document = 'certificate'
    AND r.revoked_at_ms >= s.issued_at_ms
WHERE s.tenant_id = ?1 AND s.list = ?2
GROUP BY s.entry
ORDER BY entry
