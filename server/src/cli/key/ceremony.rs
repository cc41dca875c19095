//! `invigil key ceremony`: what makes or changes a root key's statements, done by two people who both say so, and written down.

use std::io::{BufRead as _, Write as _};

use clap::Args;
use serde_json::{Value, json};
use signing::{digest::sha256_hex, name, signed::Signed};

use super::{
    Fault,
    change::{init, rotate},
    root::{Places, Term},
};
use crate::{
    cli::output,
    data::{Role, RootFolder},
};

#[derive(Args)]
pub(in crate::cli) struct Ceremony {
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    term: Term,
    /// Who takes part: name and role, such as "Ada Example, key custodian"; at least twice
    #[arg(long = "who", value_name = "NAME", required = true)]
    who: Vec<String>,
    /// Where it takes place
    #[arg(long, value_name = "PLACE")]
    place: String,
}

impl Ceremony {
    pub(super) fn run(self) -> Result<(), Fault> {
        self.people()?;
        let new = !RootFolder::exists(&self.places.root);
        // Everybody agrees before anything is made: a name typed by somebody who reads what will be done.
        let what = if new { "make a root key and certify the keys" } else { "put a new key in the issuer's place" };
        output::line(format!("This ceremony will {what} of {}.", self.places.data.display()));
        for person in &self.who {
            agrees(person)?;
        }
        let mut opened = if new { self.places.create()? } else { self.places.open()? };
        let (started, before) = (opened.now, opened.root.history.head());
        let done: Vec<Value> = if new {
            let certified = init(&mut opened, &self.term)?;
            certified.iter().map(|(role, key)| json!({"certified": key.to_string(), "for": role.purposes()})).collect()
        } else {
            let key = rotate(&mut opened, Role::Issuer, &self.term, "rotation in a ceremony")?;
            vec![json!({"certified": key.to_string(), "for": Role::Issuer.purposes()})]
        };
        let transcript = json!({
            "format": "invigil-key-ceremony",
            "version": 1,
            "issuer": opened.root.history.issuer(),
            "root": opened.root.history.root(),
            "at": started,
            "place": self.place.trim(),
            "people": self.who,
            "program": format!("invigil {}", env!("CARGO_PKG_VERSION")),
            "made_root_key": new,
            "done": done,
            "statements_before": before,
            "statements_after": opened.root.history.head(),
        });
        let signed = Signed::sign(transcript, &opened.root.key)?;
        let file = opened.root.keep_transcript(&signing::jcs::to_string(&signed)?)?;
        output::line(format!("root key   {}", opened.root.history.root()));
        output::line(format!("transcript {}", file.display()));
        output::line(format!("its digest {} (write it down by hand, each of you)", signed.digest()?));
        let statements = serde_json::to_vec(&opened.root.history)?;
        output::line(format!("statements {} of {} bytes", sha256_hex(&statements), statements.len()));
        Ok(())
    }

    /// Two people at least, with names, no two the same.
    fn people(&self) -> Result<(), Fault> {
        let names: Vec<String> =
            self.who.iter().map(|who| name::fold(who.split(',').next().unwrap_or_default())).collect();
        let distinct: std::collections::BTreeSet<&String> = names.iter().filter(|name| !name.is_empty()).collect();
        if distinct.len() < 2 || distinct.len() != names.len() {
            return Err(Fault::new("a ceremony needs two people with different names: --who \"NAME, ROLE\" for each"));
        }
        if self.place.trim().is_empty() {
            return Err(Fault::new("say where it takes place (--place)"));
        }
        Ok(())
    }
}

/// Has a person type their own name.
fn agrees(person: &str) -> Result<(), Fault> {
    let own = person.split(',').next().unwrap_or_default().trim();
    let mut out = std::io::stdout();
    write!(out, "{own}, type your name to agree: ")?;
    out.flush()?;
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed)?;
    output::line("");
    if name::fold(&typed) == name::fold(own) {
        return Ok(());
    }
    Err(Fault::new(format!("{own} did not agree; nothing was made")))
}
