SELECT size, note, cosignatures FROM log_checkpoint
WHERE tenant_id = ?1 AND size > ?2 AND cosignatures >= ?3 ORDER BY size LIMIT 1
