//! Verbs between page and worker.
