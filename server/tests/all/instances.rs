//! A certificate that is suspended, reinstated, revoked: one number, and at any time one document that counts or none.

use api::{IssuedDocuments, LookupAnswer, MatchState};
use serde_json::{Value, json};
use signing::{
    credential::Kind,
    status::Entry,
    verify::{Report, StepName, StepOutcome, Verdict},
};
use storage::CertificateState;

use crate::fixture::{Candidate, World, place};

struct Passed<'a> {
    world: &'a World,
    candidate: Candidate<'a>,
    number: String,
    first: IssuedDocuments,
}

impl<'a> Passed<'a> {
    async fn new(world: &'a World) -> Self {
        let mut candidate = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
        let number = candidate.sit(10).await.certificate_number.unwrap();
        let first = candidate.documents().await;
        Self { world, candidate, number, first }
    }

    async fn verdict(&self, document: &Value) -> (Verdict, Option<StepName>) {
        let body = serde_json::to_vec(document).unwrap();
        let report: Report = self.world.post("/api/v1/verify").body("application/octet-stream", body).send().await.ok();
        let failed = report.steps.iter().find(|step| step.outcome == StepOutcome::Failed);
        (report.verdict, failed.map(|step| step.step))
    }

    async fn state(&self) -> MatchState {
        let body = json!({ "last_name": "Muster", "number": self.number });
        let answer: LookupAnswer = self.world.post("/api/v1/certificates/lookup").json(&body).send().await.ok();
        answer.found.unwrap().state
    }

    async fn suspend(&self) -> Result<CertificateState, String> {
        let engine = &self.world.engine;
        let live = engine.suspend(&self.number, "a complaint is looked into", "officer").await;
        live.map(|live| live.state).map_err(|error| error.to_string())
    }

    async fn reinstate(&self) -> Result<CertificateState, String> {
        let live = self.world.engine.reinstate(&self.number, "nothing was found", "officer").await;
        live.map(|live| live.state).map_err(|error| error.to_string())
    }
}

const VALID: (Verdict, Option<StepName>) = (Verdict::Valid, None);
const REVOKED: (Verdict, Option<StepName>) = (Verdict::Invalid, Some(StepName::Revocation));

#[tokio::test]
async fn a_suspended_certificate_does_not_count_until_a_successor_takes_its_place() {
    let world = World::new();
    let zoe = Passed::new(&world).await;
    assert_eq!((zoe.verdict(&zoe.first.certificate).await, zoe.state().await), (VALID, MatchState::Valid));

    assert_eq!(zoe.suspend().await, Ok(CertificateState::Suspended));
    assert_eq!((zoe.verdict(&zoe.first.certificate).await, zoe.state().await), (REVOKED, MatchState::Suspended));
    assert_eq!(zoe.verdict(&zoe.first.cpd_record).await, VALID, "the credits were earned");
    assert_eq!(zoe.suspend().await, Ok(CertificateState::Suspended), "again, nothing happens");

    assert_eq!(zoe.reinstate().await, Ok(CertificateState::Active));
    assert_eq!(zoe.state().await, MatchState::Valid);
    assert_eq!(zoe.verdict(&zoe.first.certificate).await, REVOKED, "the predecessor stays revoked");
    let second = zoe.candidate.documents().await;
    assert_eq!(zoe.verdict(&second.certificate).await, VALID);
    assert_eq!(second.cpd_record, zoe.first.cpd_record);
    assert_eq!(zoe.reinstate().await, Ok(CertificateState::Active), "again, nothing happens");

    // The same certificate in other paper: number, holder and dates stay, and it says what it takes the place of.
    let (first, second) = (&zoe.first.certificate, &second.certificate);
    for pointer in ["/credentialSubject", "/validFrom", "/validUntil", "/issuer", "/@context", "/type"] {
        assert_eq!(first.pointer(pointer), second.pointer(pointer), "{pointer}");
    }
    assert_ne!(first["id"], second["id"]);
    assert_eq!(second["evidence"][0]["id"], first["id"]);
    assert_ne!(Entry::of(first).unwrap(), Entry::of(second).unwrap());
    assert!(!second.to_string().contains("complaint"), "why is nobody else's business");
}

#[tokio::test]
async fn it_can_be_suspended_again_and_everything_is_on_record() {
    let world = World::new();
    let zoe = Passed::new(&world).await;
    for _ in 0..2 {
        zoe.suspend().await.unwrap();
        zoe.reinstate().await.unwrap();
    }
    let states = world.engine.store.states(&world.engine.tenant, &zoe.number).await.unwrap();
    let states: Vec<_> = states.iter().map(|entry| (entry.instance, entry.state)).collect();
    use CertificateState::{Active, Superseded, Suspended};
    let passed = |instance| [(instance, Active), (instance, Suspended), (instance, Superseded)];
    assert_eq!(states, [&passed(1)[..], &passed(2)[..], &[(3, Active)]].concat());
    assert_eq!(zoe.verdict(&zoe.candidate.documents().await.certificate).await, VALID);
}

#[tokio::test]
async fn what_was_revoked_does_not_come_back() {
    let world = World::new();
    let zoe = Passed::new(&world).await;
    zoe.suspend().await.unwrap();
    let revoke = || world.engine.revoke(&zoe.number, &[Kind::Certificate], "found to have cheated", "officer");
    assert_eq!(revoke().await.unwrap().len(), 1);
    assert_eq!(zoe.state().await, MatchState::Revoked);
    for refused in [zoe.reinstate().await, zoe.suspend().await] {
        assert!(refused.unwrap_err().contains("is revoked"));
    }
    assert_eq!(zoe.state().await, MatchState::Revoked);

    // After a reinstatement, it is the successor that is revoked.
    let mut other = world.candidate(place("c-2", "Sam Sample", "Sample")).await;
    let number = other.sit(10).await.certificate_number.unwrap();
    world.engine.suspend(&number, "r", "o").await.unwrap();
    world.engine.reinstate(&number, "r", "o").await.unwrap();
    let second = other.documents().await;
    assert_eq!(zoe.verdict(&second.certificate).await, VALID);
    world.engine.revoke(&number, &[Kind::Certificate, Kind::CpdRecord], "r", "o").await.unwrap();
    assert_eq!(zoe.verdict(&second.certificate).await, REVOKED);
    assert_eq!(zoe.verdict(&second.cpd_record).await, REVOKED);
}

#[tokio::test]
async fn nothing_changes_without_a_number_a_reason_and_somebody_who_decided() {
    let world = World::new();
    let zoe = Passed::new(&world).await;
    for (number, reason, by, word) in [
        ("MINI-0000-0000-0000-0", "r", "o", "no certificate"),
        ("rubbish", "r", "o", ""),
        (zoe.number.as_str(), " ", "o", "a reason"),
        (zoe.number.as_str(), "r", "", "who decided"),
    ] {
        let error = world.engine.suspend(number, reason, by).await.unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
        assert!(world.engine.reinstate(number, reason, by).await.is_err());
    }
    assert_eq!(zoe.state().await, MatchState::Valid);
}
