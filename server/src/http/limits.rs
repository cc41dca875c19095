//! How often one address may try what can be guessed.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
};

use api::{Problem, ProblemCode};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use signing::code::CertificateNumber;

use crate::failure::Failure;

/// Limits by the asker's address, and for lookups also by certificate number.
pub(super) struct Limits {
    codes: DefaultKeyedRateLimiter<IpAddr>,
    passwords: DefaultKeyedRateLimiter<IpAddr>,
    lookups: DefaultKeyedRateLimiter<IpAddr>,
    responses: DefaultKeyedRateLimiter<IpAddr>,
    rehearsals: DefaultKeyedRateLimiter<IpAddr>,
    numbers: DefaultKeyedRateLimiter<String>,
}

impl Default for Limits {
    fn default() -> Self {
        // A whole test centre may sit behind one address: thirty candidates type their codes within a minute.
        Self {
            codes: RateLimiter::keyed(per_minute(60)),
            passwords: RateLimiter::keyed(per_minute(10)),
            lookups: RateLimiter::keyed(per_minute(30)),
            responses: RateLimiter::keyed(per_minute(600)),
            // As codes, but apart from them: who rehearses keeps nobody out of an exam.
            rehearsals: RateLimiter::keyed(per_minute(60)),
            numbers: RateLimiter::keyed(per_minute(10)),
        }
    }
}

fn per_minute(tries: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(tries).unwrap_or(NonZeroU32::MIN))
}

impl Limits {
    pub(super) fn code(&self, peer: IpAddr) -> Result<(), Failure> {
        spend(&self.codes, &network(peer))
    }

    pub(super) fn password(&self, peer: IpAddr) -> Result<(), Failure> {
        spend(&self.passwords, &network(peer))
    }

    pub(super) fn response(&self, peer: IpAddr) -> Result<(), Failure> {
        spend(&self.responses, &network(peer))
    }

    pub(super) fn rehearsal(&self, peer: IpAddr) -> Result<(), Failure> {
        spend(&self.rehearsals, &network(peer))
    }

    pub(super) fn lookup(&self, peer: IpAddr, number: &str) -> Result<(), Failure> {
        spend(&self.lookups, &network(peer))?;
        // However it is spelled; a text that is no number opens nothing.
        CertificateNumber::parse(number).map_or(Ok(()), |number| spend(&self.numbers, &number.to_string()))
    }
}

/// Who counts as one asker: an IPv4 address, or a /64 of IPv6, which is what a single host is given.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        address => address,
    }
}

fn spend<K: std::hash::Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Failure> {
    // Forgets the keys that are fresh again, so that the table does not grow with every address ever seen.
    if limiter.len() > 10_000 {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|until| {
        let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        let detail = format!("try again in {seconds} seconds");
        let problem = Problem { retry_after: Some(seconds), ..Problem::new(ProblemCode::TooManyTries, detail) };
        Failure::Problem(Box::new(problem))
    })
}
