SELECT size, note, cosignatures FROM log_checkpoint
WHERE tenant_id = ?1 AND cosignatures >= ?2 ORDER BY size DESC LIMIT 1
