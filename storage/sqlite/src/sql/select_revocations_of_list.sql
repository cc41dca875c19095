SELECT list, entry, number, document, reason, decided_by, revoked_at_ms
FROM revocation WHERE tenant_id = ?1 AND list = ?2
UNION ALL
SELECT s.list, s.entry, s.number, 'selective', r.reason, r.decided_by, r.revoked_at_ms
FROM selective s
JOIN revocation r ON r.tenant_id = s.tenant_id AND r.number = s.number AND r.document = 'certificate'
WHERE s.tenant_id = ?1 AND s.list = ?2
ORDER BY entry
