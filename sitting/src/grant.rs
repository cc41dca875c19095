//! What a proctor may allow while a sitting runs, with a network or without (docs/GRANTS.md).
//!
//! A typed code carries no signature. Its authority is that only the exam body knows what hashes to the heads that the signed
//! manifest holds: extra time is a chain of hashes, of which the k-th link proves k minutes in all; the others are single
//! preimages.

use serde::{Deserialize, Serialize};
use signing::{
    code::Code80,
    digest::sha256,
    jcs,
    keys::PublicKey,
    signed::{Signed, SignedFault},
};

/// The hashes that typed codes lead to, in the manifest. Each is ten bytes as 20 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantHeads {
    /// Link 0 of the chain of extra minutes.
    pub extra_time: String,
    /// Number of the last link: the most minutes that codes can give.
    pub extra_minutes: u32,
    /// Heads of the codes that stop the clock, each good for one pause.
    pub pauses: Vec<String>,
    /// For each move to another device.
    pub moves: Vec<MoveHead>,
    /// Head of the code that ends the sitting.
    pub end: String,
}

/// What a manifest says about a move to another device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveHead {
    /// Head of the move code.
    pub head: String,
    /// Whom response files are sealed for besides the exam body (`age1…`), so that the move code opens them.
    pub recipient: String,
}

/// The exam body's side of the codes of one attempt: 32 secret bytes, from which each code follows as the first ten bytes of
/// SHA-256 over JCS of `[what, seed, attempt, number]`.
pub struct GrantSecrets<'a> {
    /// The secret, as 64 hexadecimal digits.
    pub seed: &'a str,
    /// The attempt's pseudonym.
    pub attempt: &'a str,
}

impl GrantSecrets<'_> {
    fn drawn(&self, what: &str, number: u32) -> Code80 {
        first_ten(&(what, self.seed, self.attempt, number))
    }

    /// The code that gives so many extra minutes in all, out of at most `most`.
    pub fn extra_time(&self, minutes: u32, most: u32) -> Code80 {
        let last = self.drawn("extra-time", most);
        (minutes + 1..=most).rev().fold(last, |link, number| before("grant", self.attempt, number, &link))
    }

    /// The code of pause `number`, from 1.
    pub fn pause(&self, number: u32) -> Code80 {
        self.drawn("pause", number)
    }

    /// The code of move `number`, from 1.
    pub fn moving(&self, number: u32) -> Code80 {
        self.drawn("move", number)
    }

    /// The code that ends the sitting.
    pub fn end(&self) -> Code80 {
        self.drawn("end", 1)
    }

    /// The secret that goes into the sealed part, as 32 hexadecimal digits.
    pub fn opening(&self) -> String {
        let bytes = jcs::to_vec(&("opening", self.seed, self.attempt)).unwrap_or_default();
        hex::encode(&sha256(&bytes)[..16])
    }

    /// What the manifest says of them. `recipients` holds one for each move, in order.
    pub fn heads(&self, extra_minutes: u32, pauses: u32, recipients: Vec<String>) -> GrantHeads {
        let head = |what: &str, number: u32, code: Code80| hex_of(&before(what, self.attempt, number, &code));
        GrantHeads {
            extra_time: hex_of(&self.extra_time(0, extra_minutes)),
            extra_minutes,
            pauses: (1..=pauses).map(|number| head("pause", number, self.pause(number))).collect(),
            moves: (1..)
                .zip(recipients)
                .map(|(number, recipient)| MoveHead { head: head("move", number, self.moving(number)), recipient })
                .collect(),
            end: head("end", 1, self.end()),
        }
    }
}

/// What hashes to what: ten bytes of SHA-256 over JCS of `[what, attempt, number, code]`.
fn before(what: &str, attempt: &str, number: u32, code: &Code80) -> Code80 {
    first_ten(&(what, attempt, number, hex_of(code)))
}

fn first_ten<T: Serialize>(value: &T) -> Code80 {
    let bytes = jcs::to_vec(value).unwrap_or_default();
    let digest = sha256(&bytes);
    let mut ten = [0; 10];
    ten.copy_from_slice(&digest[..10]);
    Code80::from_bytes(ten)
}

fn hex_of(code: &Code80) -> String {
    hex::encode(code.as_bytes())
}

/// What a grant allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Allows {
    /// Extra working time. By code: so many minutes in all that codes gave; signed: so many more.
    ExtraTime {
        /// Minutes.
        minutes: u32,
    },
    /// The clock stops until the candidate continues.
    Pause {
        /// Which pause, from 1; 0 for a signed one.
        number: u32,
    },
    /// The sitting may go on on another device.
    Move {
        /// Which move, from 1; 0 for a signed one.
        number: u32,
    },
    /// The sitting ends now.
    End,
}

/// A grant signed by server or proctor's console. Pushed over the network or read from a QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedGrant {
    /// Always `invigil-grant`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// Names this grant: it counts once.
    pub id: String,
    /// The attempt it is for.
    pub attempt: String,
    /// What it allows.
    pub allows: Allows,
    /// Why, in the proctor's words.
    pub reason: String,
    /// When it was given, milliseconds since 1970-01-01T00:00:00Z.
    pub issued_ms: u64,
}

impl SignedGrant {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-grant";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;
}

/// A grant as a journal records it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Grant {
    /// A typed code: its ten bytes as 20 lower-case hexadecimal digits.
    Code {
        /// The code.
        code: String,
    },
    /// A signed document.
    Signed {
        /// The document.
        signed: Box<Signed<SignedGrant>>,
    },
}

/// Why a grant does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantFault {
    /// A code that leads to none of the manifest's heads: mistyped, or another candidate's.
    #[error("it is no code of this sitting")]
    UnknownCode,
    /// A signed grant for another attempt.
    #[error("it was given to another candidate")]
    OtherAttempt,
    /// A signed grant of a format or version that this code does not know.
    #[error("it is of an unknown kind")]
    UnknownKind,
    /// The signature does not count.
    #[error("the grant {0}")]
    Signed(#[from] SignedFault),
    /// It has been used already, or gives no more than was given.
    #[error("it was used already, or allows nothing more than was allowed before")]
    Used,
}

impl Grant {
    /// The record of a typed code.
    pub fn of_code(code: &Code80) -> Self {
        Self::Code { code: hex_of(code) }
    }

    /// The record of a signed grant.
    pub fn of_signed(signed: Signed<SignedGrant>) -> Self {
        Self::Signed { signed: Box::new(signed) }
    }

    /// What a use of this grant is told apart by.
    pub fn id(&self) -> &str {
        match self {
            Self::Code { code } => code,
            Self::Signed { signed } => &signed.document.id,
        }
    }

    /// What it allows, after checking that the exam body gave it to this attempt.
    ///
    /// # Errors
    /// [`GrantFault`]; whether it was used already is not looked at.
    pub fn allows(&self, attempt: &str, heads: &GrantHeads, trusted: &[PublicKey]) -> Result<Allows, GrantFault> {
        match self {
            Self::Code { code } => {
                read_code(code).and_then(|code| recognise(&code, attempt, heads)).ok_or(GrantFault::UnknownCode)
            }
            Self::Signed { signed } => {
                let grant = &signed.document;
                if grant.format != SignedGrant::FORMAT || grant.version != SignedGrant::VERSION {
                    return Err(GrantFault::UnknownKind);
                }
                signed.check(trusted)?;
                if grant.attempt == attempt { Ok(grant.allows) } else { Err(GrantFault::OtherAttempt) }
            }
        }
    }
}

fn read_code(digits: &str) -> Option<Code80> {
    let mut bytes = [0; 10];
    hex::decode_to_slice(digits, &mut bytes).ok()?;
    let code = Code80::from_bytes(bytes);
    // One spelling, so that a code cannot be used twice under two.
    (hex_of(&code) == digits).then_some(code)
}

/// What a typed code allows, if it leads to one of the heads.
pub fn recognise(code: &Code80, attempt: &str, heads: &GrantHeads) -> Option<Allows> {
    let leads_to = |what: &str, number: u32, head: &str| hex_of(&before(what, attempt, number, code)) == head;
    let numbered = |what: &str, list: &mut dyn Iterator<Item = &str>| {
        (1_u32..).zip(list).find(|(number, head)| leads_to(what, *number, head)).map(|(number, _)| number)
    };
    if let Some(number) = numbered("pause", &mut heads.pauses.iter().map(String::as_str)) {
        return Some(Allows::Pause { number });
    }
    if let Some(number) = numbered("move", &mut heads.moves.iter().map(|head| head.head.as_str())) {
        return Some(Allows::Move { number });
    }
    if leads_to("end", 1, &heads.end) {
        return Some(Allows::End);
    }
    let walk = |minutes: u32| (1..=minutes).rev().fold(*code, |link, number| before("grant", attempt, number, &link));
    (1..=heads.extra_minutes.min(MOST_MINUTES))
        .find(|&minutes| hex_of(&walk(minutes)) == heads.extra_time)
        .map(|minutes| Allows::ExtraTime { minutes })
}

/// Chains are followed no further: a day.
const MOST_MINUTES: u32 = 1_440;

#[cfg(test)]
mod tests {
    use signing::keys::SigningKey;

    use super::*;

    const SEED: &str = "0707070707070707070707070707070707070707070707070707070707070707";

    fn secrets(attempt: &str) -> GrantSecrets<'_> {
        GrantSecrets { seed: SEED, attempt }
    }

    fn heads() -> GrantHeads {
        secrets("a1").heads(60, 3, vec!["age1one".into(), "age1two".into()])
    }

    #[test]
    fn each_code_says_what_it_allows_and_nobody_elses_does() {
        let (mine, heads) = (secrets("a1"), heads());
        let allows = |code: Code80| recognise(&code, "a1", &heads);
        for minutes in [1, 15, 60] {
            assert_eq!(allows(mine.extra_time(minutes, 60)), Some(Allows::ExtraTime { minutes }));
        }
        assert_eq!(allows(mine.pause(3)), Some(Allows::Pause { number: 3 }));
        assert_eq!(allows(mine.moving(2)), Some(Allows::Move { number: 2 }));
        assert_eq!(allows(mine.end()), Some(Allows::End));
        // Link 0 stands in the manifest: it gives nothing.
        assert_eq!(allows(mine.extra_time(0, 60)), None);
        assert_eq!(allows(mine.pause(4)), None);
        for other in [secrets("a2").extra_time(5, 60), secrets("a2").end(), secrets("a2").pause(1)] {
            assert_eq!(allows(other), None);
        }
    }

    #[test]
    fn a_code_gives_those_before_it_away_and_none_after_it() {
        let mine = secrets("a1");
        let fifteen = mine.extra_time(15, 60);
        assert_eq!(before("grant", "a1", 15, &fifteen), mine.extra_time(14, 60));
        assert_ne!(before("grant", "a1", 16, &fifteen), mine.extra_time(16, 60));
    }

    #[test]
    fn a_signed_grant_counts_for_its_attempt_under_a_trusted_key() {
        let key = SigningKey::from_seed([1; 32]);
        let document = SignedGrant {
            format: SignedGrant::FORMAT.into(),
            version: 1,
            id: "g1".into(),
            attempt: "a1".into(),
            allows: Allows::ExtraTime { minutes: 5 },
            reason: "fire alarm".into(),
            issued_ms: 0,
        };
        let signed = Signed::sign(document.clone(), &key).unwrap();
        let allows = |signed: &Signed<SignedGrant>, attempt: &str, key: &SigningKey| {
            Grant::of_signed(signed.clone()).allows(attempt, &heads(), &[key.public()])
        };
        assert_eq!(allows(&signed, "a1", &key), Ok(Allows::ExtraTime { minutes: 5 }));
        assert_eq!(allows(&signed, "a2", &key), Err(GrantFault::OtherAttempt));
        let stranger = SigningKey::from_seed([2; 32]);
        assert_eq!(allows(&signed, "a1", &stranger), Err(GrantFault::Signed(SignedFault::UnknownKey)));
        let mut more = signed.clone();
        more.document.allows = Allows::ExtraTime { minutes: 50 };
        assert_eq!(allows(&more, "a1", &key), Err(GrantFault::Signed(SignedFault::Signature)));
        let later = Signed::sign(SignedGrant { version: 2, ..document }, &key).unwrap();
        assert_eq!(allows(&later, "a1", &key), Err(GrantFault::UnknownKind));
    }

    #[test]
    fn a_recorded_code_has_one_spelling() {
        let code = secrets("a1").end();
        let good = Grant::of_code(&code);
        assert_eq!(good.allows("a1", &heads(), &[]), Ok(Allows::End));
        for spelling in [hex_of(&code).to_uppercase(), hex_of(&code)[2..].to_owned(), String::new()] {
            assert_eq!(Grant::Code { code: spelling }.allows("a1", &heads(), &[]), Err(GrantFault::UnknownCode));
        }
    }
}
