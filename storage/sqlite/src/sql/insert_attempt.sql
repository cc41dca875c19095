INSERT INTO attempt (tenant_id, id, sitting_id, place, candidate_ref, candidate_name, family_name, attempt_number,
                     first_attempt_at_ms, code_hash, draw_secret, extra_ms, break_ms, grant_seed, draw, manifest, package, form, plan)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
