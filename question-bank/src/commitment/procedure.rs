//! What an audit needs to know of each procedure.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Commitment, Reveal, RosterEntry};
use crate::{
    Blueprint, CandidateSecret, Draw, Drawer, PROCEDURE, Pool,
    draw2::{self, Earlier, Prepared},
    draw3,
};

/// A procedure of draws, with the documents that belong to it.
pub(super) trait Procedure {
    const NAME: &'static str;
    const COMMITMENT: u32;
    const REVEAL: u32;
    type Pool: Serialize;
    type Blueprint: Serialize;
    type Draw: PartialEq;
    type Drawer;

    fn items(pool: &Self::Pool) -> BTreeSet<&str>;
    fn drawer(
        pool: &Self::Pool,
        without: &BTreeSet<String>,
        blueprint: &Self::Blueprint,
    ) -> Result<Self::Drawer, String>;
    fn entry(reveal: &Reveal, secret: &CandidateSecret) -> RosterEntry;
    fn draw(drawer: &Self::Drawer, secret: &CandidateSecret, reveal: &Reveal) -> Result<Self::Draw, String>;
    fn digest(draw: &Self::Draw) -> String;
    /// What breaks the blueprint, by a check that knows nothing of the draw; `None` where there is no such check.
    fn violations(drawer: &Self::Drawer, reveal: &Reveal, draw: &Self::Draw) -> Option<Vec<String>>;
}

/// `invigil-draw-1`.
pub(super) struct Draw1;

impl Procedure for Draw1 {
    const NAME: &'static str = PROCEDURE;
    const COMMITMENT: u32 = Commitment::VERSION;
    const REVEAL: u32 = Reveal::VERSION;
    type Pool = Pool;
    type Blueprint = Blueprint;
    type Draw = Draw;
    type Drawer = Drawer;

    fn items(pool: &Pool) -> BTreeSet<&str> {
        pool.entries.iter().map(|entry| entry.item.as_str()).collect()
    }

    fn drawer(pool: &Pool, without: &BTreeSet<String>, blueprint: &Blueprint) -> Result<Drawer, String> {
        Drawer::new(&pool.without(without), blueprint).map_err(|error| error.to_string())
    }

    fn entry(reveal: &Reveal, secret: &CandidateSecret) -> RosterEntry {
        RosterEntry::new(&reveal.pseudonym, secret)
    }

    fn draw(drawer: &Drawer, secret: &CandidateSecret, reveal: &Reveal) -> Result<Draw, String> {
        drawer.draw(secret, &reveal.pseudonym).map_err(|error| error.to_string())
    }

    fn digest(draw: &Draw) -> String {
        draw.digest()
    }

    fn violations(_: &Drawer, _: &Reveal, _: &Draw) -> Option<Vec<String>> {
        None
    }
}

/// `invigil-draw-2`.
pub(super) struct Draw2;

/// What draws by `invigil-draw-2` are made from, and the tables for candidates without earlier attempts.
pub(super) struct Drawer2 {
    pool: draw2::Pool,
    blueprint: draw2::Blueprint,
    prepared: Prepared,
}

impl Procedure for Draw2 {
    const NAME: &'static str = draw2::PROCEDURE;
    const COMMITMENT: u32 = Commitment::VERSION_2;
    const REVEAL: u32 = Reveal::VERSION_2;
    type Pool = draw2::Pool;
    type Blueprint = draw2::Blueprint;
    type Draw = draw2::Draw;
    type Drawer = Drawer2;

    fn items(pool: &draw2::Pool) -> BTreeSet<&str> {
        pool.entries.iter().map(|entry| entry.item.as_str()).collect()
    }

    fn drawer(pool: &draw2::Pool, without: &BTreeSet<String>, blueprint: &draw2::Blueprint) -> Result<Drawer2, String> {
        let pool = pool.without(without);
        let prepared = Prepared::new(&pool, blueprint, &Earlier::none()).map_err(|error| error.to_string())?;
        Ok(Drawer2 { pool, blueprint: blueprint.clone(), prepared })
    }

    fn entry(reveal: &Reveal, secret: &CandidateSecret) -> RosterEntry {
        RosterEntry::new2(&reveal.pseudonym, secret, &met(reveal))
    }

    fn draw(drawer: &Drawer2, secret: &CandidateSecret, reveal: &Reveal) -> Result<draw2::Draw, String> {
        let earlier = met(reveal);
        if earlier.is_empty() {
            return drawer.prepared.draw(secret, &reveal.pseudonym).map_err(|error| error.to_string());
        }
        let own = Prepared::new(&drawer.pool, &drawer.blueprint, &earlier).map_err(|error| error.to_string())?;
        own.draw(secret, &reveal.pseudonym).map_err(|error| error.to_string())
    }

    fn digest(draw: &draw2::Draw) -> String {
        draw.digest()
    }

    fn violations(drawer: &Drawer2, reveal: &Reveal, draw: &draw2::Draw) -> Option<Vec<String>> {
        let broken = draw2::check_form(&drawer.pool, &drawer.blueprint, &met(reveal), &draw.items);
        Some(broken.iter().map(ToString::to_string).collect())
    }
}

/// `invigil-draw-3`.
pub(super) struct Draw3;

impl Procedure for Draw3 {
    const NAME: &'static str = draw3::PROCEDURE;
    const COMMITMENT: u32 = Commitment::VERSION_2;
    const REVEAL: u32 = Reveal::VERSION_2;
    type Pool = draw3::Pool;
    type Blueprint = draw2::Blueprint;
    type Draw = draw3::Draw;
    type Drawer = draw3::Drawer;

    fn items(pool: &draw3::Pool) -> BTreeSet<&str> {
        pool.entries.iter().map(|entry| entry.item.as_str()).collect()
    }

    fn drawer(
        pool: &draw3::Pool,
        without: &BTreeSet<String>,
        blueprint: &draw2::Blueprint,
    ) -> Result<draw3::Drawer, String> {
        draw3::Drawer::new(pool, without, blueprint).map_err(|error| error.to_string())
    }

    fn entry(reveal: &Reveal, secret: &CandidateSecret) -> RosterEntry {
        RosterEntry::new2(&reveal.pseudonym, secret, &met(reveal))
    }

    fn draw(drawer: &draw3::Drawer, secret: &CandidateSecret, reveal: &Reveal) -> Result<draw3::Draw, String> {
        drawer.draw(secret, &reveal.pseudonym, &met(reveal)).map_err(|error| error.to_string())
    }

    fn digest(draw: &draw3::Draw) -> String {
        draw.digest()
    }

    fn violations(drawer: &draw3::Drawer, reveal: &Reveal, draw: &draw3::Draw) -> Option<Vec<String>> {
        Some(drawer.violations(&met(reveal), draw))
    }
}

fn met(reveal: &Reveal) -> Earlier {
    reveal.earlier.clone().unwrap_or_default()
}
