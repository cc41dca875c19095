//! The storage verbs on SQLite
