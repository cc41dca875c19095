SELECT a.id, a.sitting_id, a.candidate_ref, a.candidate_name, a.family_name, a.attempt_number,
       a.first_attempt_at_ms, a.code_hash, a.draw_secret, a.extra_ms, a.break_ms, a.grant_seed,
       a.draw, a.manifest, a.form, a.plan, a.started_at_ms, a.given_at_ms, a.device, a.released_devices,
       (SELECT COALESCE(MAX(l.seq), 0) FROM journal_line l WHERE l.tenant_id = a.tenant_id AND l.attempt_id = a.id)
FROM attempt a WHERE a.tenant_id = ?1 AND a.candidate_ref = ?2 ORDER BY a.id
