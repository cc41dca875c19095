INSERT INTO log_tile (tenant_id, level, n, content) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (tenant_id, level, n) DO UPDATE SET content = excluded.content
WHERE length(excluded.content) > length(content)
