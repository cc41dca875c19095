//! Asking witnesses to cosign, and keeping the log up while a server runs.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use signing::tlog::{
    note::{Note, Verifier},
    witness::AddCheckpoint,
};
use storage::LogCheckpoint;

use super::{WitnessConfig, source::agent};
use crate::{engine::Engine, failure::Failure};

/// What happened is logged after so long at most.
const PAUSE: Duration = Duration::from_secs(1);
/// A witness that could not be asked is asked again after so many pauses.
const PATIENCE: u32 = 10;
/// No answer of a witness is longer.
const MAX_ANSWER: u64 = 64 * 1024;

/// What is known of a witness while a process runs.
#[derive(Clone, Copy, Default)]
struct Known {
    /// The size that it cosigned last.
    size: u64,
    /// So many pauses until it is asked again.
    wait: u32,
}

/// Logs what happens and asks the witnesses, for as long as the server runs.
pub async fn keep_up(engine: Arc<Engine>) {
    let mut known = BTreeMap::new();
    let mut said = String::new();
    loop {
        let fault = match keep_up_once(&engine, &mut known).await {
            Ok(()) => String::new(),
            Err(Failure::Fault(what)) => what,
            Err(Failure::Problem(problem)) => problem.detail,
        };
        // Once for each new reason: what does not work now will not work a second later.
        if fault != said && !fault.is_empty() {
            tracing::error!(fault, "the log of certificates does not go on");
        }
        said = fault;
        tokio::time::sleep(PAUSE).await;
    }
}

async fn keep_up_once(engine: &Engine, known: &mut BTreeMap<String, Known>) -> Result<(), Failure> {
    let Some(mut checkpoint) = engine.bring_log_up().await? else { return Ok(()) };
    let mut fault = None;
    for (config, key) in engine.log.config.witness.iter().zip(&engine.log.policy.witnesses) {
        let of_it = known.entry(config.key.clone()).or_default();
        if has_signed(&checkpoint.note, key) {
            continue;
        }
        if of_it.wait > 0 {
            of_it.wait -= 1;
            continue;
        }
        match engine.ask(config, key, &mut of_it.size, &checkpoint).await {
            Ok(line) => {
                let note = format!("{}{line}", checkpoint.note);
                let cosignatures = checkpoint.cosignatures + 1;
                checkpoint = LogCheckpoint { note, cosignatures, ..checkpoint };
                engine.store.keep_checkpoint(&engine.tenant, &checkpoint).await?;
            }
            Err(why) => {
                of_it.wait = PATIENCE;
                fault = Some(Failure::fault(format!("the witness {} did not cosign: {why}", key.name())));
            }
        }
    }
    fault.map_or(Ok(()), Err)
}

/// Whether a checkpoint carries a good signature of this key.
fn has_signed(note: &str, key: &Verifier) -> bool {
    Note::parse(note.as_bytes()).is_ok_and(|note| note.verify(std::slice::from_ref(key)).is_ok())
}

/// What a witness answered.
enum Answer {
    Cosigned(String),
    /// It cosigned another size last.
    Size(u64),
}

impl Engine {
    /// Asks every witness once, now.
    ///
    /// # Errors
    /// The first that did not cosign, and why; the others were asked all the same.
    pub async fn ask_witnesses(&self) -> Result<(), Failure> {
        keep_up_once(self, &mut BTreeMap::new()).await
    }

    /// The line of a cosignature. `size` is what the witness cosigned last, as far as is known.
    async fn ask(
        &self,
        config: &WitnessConfig,
        key: &Verifier,
        size: &mut u64,
        checkpoint: &LogCheckpoint,
    ) -> Result<String, String> {
        let url = format!("{}/add-checkpoint", config.url.trim_end_matches('/'));
        for _ in 0..2 {
            let proof = self.log_consistency(*size, checkpoint.size).await;
            let proof = proof.map_err(|failure| format!("{failure:?}"))?;
            let request = AddCheckpoint { old: *size, proof, checkpoint: checkpoint.note.clone() };
            let (to, body) = (url.clone(), request.write());
            let answer = tokio::task::spawn_blocking(move || post(&to, &body)).await;
            match answer.map_err(|error| error.to_string())?? {
                Answer::Cosigned(lines) => {
                    *size = checkpoint.size;
                    let good = |line: &&str| has_signed(&format!("{}{line}", checkpoint.note), key);
                    let line = lines.split_inclusive('\n').find(good);
                    return line.map(str::to_owned).ok_or_else(|| "its answer carries no signature of its key".into());
                }
                Answer::Size(seen) if seen > checkpoint.size => {
                    return Err(format!(
                        "it has seen {seen} entries of this log, which has {}: entries were lost, or the data are an older \
                         copy; do not issue anything before that is cleared up",
                        checkpoint.size
                    ));
                }
                Answer::Size(seen) if seen == *size => {
                    return Err(format!(
                        "it has seen other entries among the first {seen}: the log has forked; do not issue anything before \
                         that is cleared up"
                    ));
                }
                Answer::Size(seen) => *size = seen,
            }
        }
        Err("it was asked by somebody else at the same moment".into())
    }
}

fn post(url: &str, body: &str) -> Result<Answer, String> {
    let agent = agent(url).map_err(|error| error.to_string())?;
    let mut answer = agent.post(url).send(body).map_err(|error| error.to_string())?;
    let status = answer.status().as_u16();
    let said = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_string();
    let said = said.map_err(|error| error.to_string())?;
    match status {
        200 => Ok(Answer::Cosigned(said)),
        409 => said.trim_end().parse().map(Answer::Size).map_err(|_| "it answered 409 without a size".into()),
        status => Err(format!("it answered {status}: {}", said.chars().take(200).collect::<String>().trim_end())),
    }
}
