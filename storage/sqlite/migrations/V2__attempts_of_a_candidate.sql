-- What a candidate met before is asked for whenever a sitting is scheduled.
CREATE INDEX attempt_of_candidate ON attempt (tenant_id, candidate_ref);
