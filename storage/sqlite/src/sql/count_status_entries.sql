SELECT list, count(*) FROM status_entry WHERE tenant_id = ?1 GROUP BY list ORDER BY list
