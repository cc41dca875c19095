INSERT INTO sitting (tenant_id, id, title, scheme, opens_at_ms, closes_at_ms, commitment, pool, release_code, room_seed,
                     reserve_of, safe_browser, created_at_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (tenant_id, id) DO NOTHING
