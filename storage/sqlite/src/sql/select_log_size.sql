SELECT coalesce(max(leaf) + 1, 0) FROM log_leaf WHERE tenant_id = ?1
