//! The use-case verbs of the server as one narrow asynchronous trait
