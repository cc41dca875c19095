UPDATE attempt SET device = '', device_home = '' WHERE tenant_id = ?1 AND id = ?2 AND device IS NOT NULL
