INSERT INTO log_checkpoint (tenant_id, size, note, cosignatures) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (tenant_id, size) DO UPDATE SET note = excluded.note, cosignatures = excluded.cosignatures
WHERE excluded.cosignatures > cosignatures
