SELECT file FROM response WHERE tenant_id = ?1 AND attempt_id = ?2 AND digest = ?3
