SELECT number FROM share WHERE tenant_id = ?1 AND token = ?2
