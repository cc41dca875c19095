SELECT leaf, subject, record FROM log_leaf WHERE tenant_id = ?1 AND subject = ?2
