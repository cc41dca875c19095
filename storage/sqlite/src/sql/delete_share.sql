DELETE FROM share WHERE tenant_id = ?1 AND number = ?2
