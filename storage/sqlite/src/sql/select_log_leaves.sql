SELECT leaf, subject, record FROM log_leaf WHERE tenant_id = ?1 AND leaf >= ?2 ORDER BY leaf LIMIT ?3
