//! RDF Dataset Canonicalization, RDFC-1.0 (W3C Recommendation, section 4), with SHA-256.

use std::collections::BTreeMap;

use super::{LdError, Limits, Quad};
use crate::digest::sha256_hex;

/// The canonical N-Quads of statements: each once, in order, blank nodes named `c14n0`, `c14n1`, …
///
/// # Errors
/// [`LdError::TooMuch`]: telling the blank nodes apart would take more work than the limits allow. Graphs can be made so that
/// it takes for ever.
pub fn canonicalize(quads: &[Quad], limits: &Limits) -> Result<String, LdError> {
    let mut quads: Vec<&Quad> = quads.iter().collect();
    quads.sort_unstable();
    quads.dedup();
    let mut of: BTreeMap<u32, Vec<&Quad>> = BTreeMap::new();
    for &quad in &quads {
        for (_, number) in quad.blanks() {
            let mentions = of.entry(number).or_default();
            // A statement may mention a node twice.
            if mentions.last().is_none_or(|last| !std::ptr::eq(*last, quad)) {
                mentions.push(quad);
            }
        }
    }
    if of.len() > limits.blanks {
        return Err(LdError::TooMuch("nodes without a name"));
    }
    let names = Naming::new(&of, limits.work).all()?;
    let mut lines: Vec<String> = Vec::with_capacity(quads.len());
    for quad in quads {
        let mut line = String::new();
        quad.write(&mut line, &mut |number, line| line.push_str(names.get(number).unwrap_or_default()));
        lines.push(line);
    }
    lines.sort_unstable();
    Ok(lines.concat())
}

/// Names that were given, in the order in which they were (section 4.5).
#[derive(Clone)]
struct Issuer {
    prefix: &'static str,
    names: BTreeMap<u32, String>,
    order: Vec<u32>,
}

impl Issuer {
    fn new(prefix: &'static str) -> Self {
        Self { prefix, names: BTreeMap::new(), order: Vec::new() }
    }

    fn get(&self, number: u32) -> Option<&str> {
        self.names.get(&number).map(String::as_str)
    }

    fn issue(&mut self, number: u32) -> &str {
        let next = self.order.len();
        self.names.entry(number).or_insert_with(|| {
            self.order.push(number);
            format!("{}{next}", self.prefix)
        })
    }
}

/// The giving of canonical names (section 4.4.3).
struct Naming<'a> {
    of: &'a BTreeMap<u32, Vec<&'a Quad>>,
    /// The hash of each node by its own statements.
    first: BTreeMap<u32, String>,
    canonical: Issuer,
    /// How many more steps may be taken.
    work: usize,
}

impl<'a> Naming<'a> {
    fn new(of: &'a BTreeMap<u32, Vec<&'a Quad>>, work: usize) -> Self {
        let first = of.iter().map(|(&number, quads)| (number, first_degree(number, quads))).collect();
        Self { of, first, canonical: Issuer::new("c14n"), work }
    }

    fn all(mut self) -> Result<Issuer, LdError> {
        let mut alike: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (&number, hash) in &self.first {
            alike.entry(hash.clone()).or_default().push(number);
        }
        for numbers in alike.values().filter(|numbers| numbers.len() == 1) {
            self.canonical.issue(numbers[0]);
        }
        for numbers in alike.into_values().filter(|numbers| numbers.len() > 1) {
            let mut found: Vec<(String, Issuer)> = Vec::new();
            for number in numbers {
                if self.canonical.get(number).is_none() {
                    let mut issuer = Issuer::new("b");
                    issuer.issue(number);
                    found.push(self.n_degree(number, issuer)?);
                }
            }
            found.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (_, issuer) in found {
                for number in issuer.order {
                    self.canonical.issue(number);
                }
            }
        }
        Ok(self.canonical)
    }

    fn spend(&mut self) -> Result<(), LdError> {
        self.work = self.work.checked_sub(1).ok_or(LdError::TooMuch("nodes that are alike"))?;
        Ok(())
    }

    /// The hash of a node by its neighbourhood, and the names given on the way (section 4.8).
    fn n_degree(&mut self, number: u32, mut issuer: Issuer) -> Result<(String, Issuer), LdError> {
        self.spend()?;
        let of = self.of;
        let mut related: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for quad in of.get(&number).into_iter().flatten() {
            for (place, other) in quad.blanks().filter(|(_, other)| *other != number) {
                related.entry(self.related(other, quad, &issuer, place)).or_default().push(other);
            }
        }
        let mut data = String::new();
        for (hash, mut others) in related {
            data.push_str(&hash);
            others.sort_unstable();
            let mut chosen: Option<(String, Issuer)> = None;
            loop {
                self.spend()?;
                if let Some(found) = self.path(&others, &issuer, chosen.as_ref().map(|(path, _)| path.as_str()))? {
                    chosen = Some(found);
                }
                if !next_permutation(&mut others) {
                    break;
                }
            }
            if let Some((path, given)) = chosen {
                data.push_str(&path);
                issuer = given;
            }
        }
        Ok((sha256_hex(data.as_bytes()), issuer))
    }

    /// The path through nodes in this order, if it comes before the best so far (section 4.8.3, step 5.4).
    fn path(
        &mut self,
        order: &[u32],
        issuer: &Issuer,
        best: Option<&str>,
    ) -> Result<Option<(String, Issuer)>, LdError> {
        let worse = |path: &str| best.is_some_and(|best| path.len() >= best.len() && path > best);
        let mut issuer = issuer.clone();
        let mut path = String::new();
        let mut open = Vec::new();
        for &number in order {
            path.push_str("_:");
            if let Some(name) = self.canonical.get(number) {
                path.push_str(name);
            } else {
                if issuer.get(number).is_none() {
                    open.push(number);
                }
                path.push_str(issuer.issue(number));
            }
            if worse(&path) {
                return Ok(None);
            }
        }
        for number in open {
            let (hash, given) = self.n_degree(number, issuer.clone())?;
            path.push_str("_:");
            path.push_str(issuer.issue(number));
            path.push_str(&format!("<{hash}>"));
            issuer = given;
            if worse(&path) {
                return Ok(None);
            }
        }
        Ok(best.is_none_or(|best| path.as_str() < best).then_some((path, issuer)))
    }

    /// The hash of a neighbour (section 4.7).
    fn related(&self, number: u32, quad: &Quad, issuer: &Issuer, place: char) -> String {
        let mut input = String::from(place);
        if place != 'g' {
            input.push('<');
            input.push_str(&quad.predicate);
            input.push('>');
        }
        match self.canonical.get(number).or_else(|| issuer.get(number)) {
            Some(name) => {
                input.push_str("_:");
                input.push_str(name);
            }
            None => input.push_str(self.first.get(&number).map_or("", String::as_str)),
        }
        sha256_hex(input.as_bytes())
    }
}

/// The hash of a node by its own statements (section 4.6).
fn first_degree(number: u32, quads: &[&Quad]) -> String {
    let mut lines: Vec<String> = Vec::with_capacity(quads.len());
    for quad in quads {
        let mut line = String::new();
        quad.write(&mut line, &mut |other, line| line.push(if other == number { 'a' } else { 'z' }));
        lines.push(line);
    }
    lines.sort_unstable();
    sha256_hex(lines.concat().as_bytes())
}

/// The next order of numbers that began ascending; `false` after the last.
fn next_permutation(numbers: &mut [u32]) -> bool {
    let Some(at) = numbers.windows(2).rposition(|pair| pair[0] < pair[1]) else { return false };
    let swap = numbers.iter().rposition(|number| *number > numbers[at]).unwrap_or(at);
    numbers.swap(at, swap);
    numbers[at + 1..].reverse();
    true
}
