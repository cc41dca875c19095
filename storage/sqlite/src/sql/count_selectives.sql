SELECT count(*) FROM selective WHERE tenant_id = ?1 AND number = ?2
