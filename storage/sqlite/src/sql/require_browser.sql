UPDATE sitting SET safe_browser = ?3 WHERE tenant_id = ?1 AND id = ?2
