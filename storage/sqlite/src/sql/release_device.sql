UPDATE attempt SET released_devices = trim(released_devices || ' ' || device), device = ''
WHERE tenant_id = ?1 AND id = ?2 AND device IS NOT NULL
