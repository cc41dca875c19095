SELECT device FROM attempt WHERE tenant_id = ?1 AND id = ?2
