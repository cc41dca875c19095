SELECT id, title, scheme, opens_at_ms, closes_at_ms, commitment, pool, release_code, room_seed, reserve_of, safe_browser, created_at_ms
FROM sitting WHERE tenant_id = ?1 AND (?2 IS NULL OR id = ?2)
ORDER BY opens_at_ms DESC, id
