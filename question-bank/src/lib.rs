//! Items with keys, schemes and blueprints, lint, draws and response scoring
