//! Journeys through a real browser and server, conformance and faults
