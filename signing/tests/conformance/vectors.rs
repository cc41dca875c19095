//! RFC 8785 and W3C vc-di-eddsa vectors, read from the folder that `INVIGIL_VECTORS` names.

use std::{fs, path::PathBuf};

use serde_json::Value;
use signing::{
    digest::sha256_hex,
    jcs,
    keys::{PublicKey, SigningKey},
    proof::{self, Options, Suite},
};

/// The folder of vectors. Where it is missing, a build server fails; elsewhere the test says what it skips.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let default = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors").into();
    let folder = std::env::var_os("INVIGIL_VECTORS").map_or_else(default, PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
    eprintln!("skipped: {} is missing", folder.display());
    None
}

pub(crate) fn json(file: PathBuf) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn canonical_json_is_that_of_rfc_8785() {
    let Some(folder) = folder("jcs") else { return };
    let mut seen = 0;
    for entry in fs::read_dir(folder.join("input")).unwrap() {
        let input = entry.unwrap().path();
        let output = fs::read(folder.join("output").join(input.file_name().unwrap())).unwrap();
        let canonical = jcs::to_vec(&json(input.clone())).unwrap();
        assert_eq!(String::from_utf8(canonical), String::from_utf8(output), "{}", input.display());
        seen += 1;
    }
    assert!(seen >= 6);
}

#[test]
fn eddsa_jcs_2022_agrees_with_the_standard_at_every_step() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let text = |name: &str| fs::read_to_string(folder.join("eddsa-jcs-2022").join(name)).unwrap().trim().to_owned();
    let unsigned = json(folder.join("unsigned.json"));
    let signed = json(folder.join("eddsa-jcs-2022/signedJCS.json"));
    let keys = json(folder.join("keyPair.json"));

    // The two halves of what is signed.
    assert_eq!(jcs::to_string(&unsigned).unwrap(), text("canonDocJCS.txt"));
    assert_eq!(sha256_hex(&jcs::to_vec(&unsigned).unwrap()), text("docHashJCS.txt"));
    let options = json(folder.join("eddsa-jcs-2022/proofConfigJCS.json"));
    assert_eq!(jcs::to_string(&options).unwrap(), text("proofCanonJCS.txt"));
    assert_eq!(sha256_hex(&jcs::to_vec(&options).unwrap()), text("proofHashJCS.txt"));
    assert_eq!(text("combinedHashJCS.txt"), text("proofHashJCS.txt") + &text("docHashJCS.txt"));

    // Verifying theirs.
    let public = PublicKey::from_multikey(keys["publicKeyMultibase"].as_str().unwrap()).unwrap();
    let proof = proof::proofs(&signed).unwrap().remove(0);
    assert_eq!(hex::encode(proof.hash_data(&signed).unwrap()), text("combinedHashJCS.txt"));
    assert_eq!(proof.verify(&signed, &public), Ok(()));

    // Signing as they did: the private key is a Multikey with prefix 0x8026.
    let key = secret(&keys["privateKeyMultibase"]);
    assert_eq!(key.public(), public);
    let options = Options::assertion(&proof.method, proof.created.unwrap());
    let ours = proof::add(unsigned, Suite::Jcs, &options, &key).unwrap();
    assert_eq!(ours["proof"]["proofValue"].as_str().unwrap(), text("sigBTC58JCS.txt"));
    assert_eq!(ours, signed);
}

fn secret(multikey: &Value) -> SigningKey {
    let bytes = bs58::decode(&multikey.as_str().unwrap()[1..]).into_vec().unwrap();
    SigningKey::from_seed(bytes[2..].try_into().unwrap())
}

#[test]
fn eddsa_rdfc_2022_agrees_with_the_standard_at_every_step() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let text = |name: &str| fs::read_to_string(folder.join("eddsa-rdfc-2022").join(name)).unwrap().trim().to_owned();
    let signed = json(folder.join("eddsa-rdfc-2022/signedDataInt.json"));
    let keys = json(folder.join("keyPair.json"));
    let proof = proof::proofs(&signed).unwrap().remove(0);
    assert_eq!(hex::encode(proof.hash_data(&signed).unwrap()), text("combinedHashDataInt.txt"));
    let key = secret(&keys["privateKeyMultibase"]);
    assert_eq!(proof.verify(&signed, &key.public()), Ok(()));
    let options = Options::assertion(&proof.method, proof.created.unwrap());
    let ours = proof::add(json(folder.join("unsigned.json")), Suite::Rdfc, &options, &key).unwrap();
    assert_eq!(ours["proof"]["proofValue"].as_str().unwrap(), text("sigBTC58DataInt.txt"));
    assert_eq!(ours, signed);
}

/// The standard's document with types that bring two contexts along, under a context that is not pinned.
#[test]
fn a_document_under_an_unknown_context_is_refused_and_never_misjudged() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let signed = json(folder.join("eddsa-rdfc-2022/employ/signedDataInt.json"));
    let proof = proof::proofs(&signed).unwrap().remove(0);
    let key =
        PublicKey::from_multikey(json(folder.join("keyPair.json"))["publicKeyMultibase"].as_str().unwrap()).unwrap();
    let error = proof.verify(&signed, &key).unwrap_err();
    assert!(error.to_string().contains("citizenship"), "{error}");
}

#[test]
fn sets_and_chains_of_proofs_are_those_of_the_standard() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let file = |name: &str| json(folder.join("proof-set-chain").join(name));
    let keys = file("multiKeyPairs.json");
    let key = |number: usize| secret(&keys[format!("keyPair{number}")]["privateKeyMultibase"]);
    let mut document = file("unsigned.json");
    for (number, configuration, expected) in [
        (1, "proofSetConfig1.json", "signedProofSet1.json"),
        (2, "proofSetConfig2.json", "signedProofSet2.json"),
        (3, "proofChainConfig1.json", "signedProofChain1.json"),
        (4, "proofChainConfig2.json", "signedProofChain2.json"),
    ] {
        let says = file(configuration);
        let names = |value: &Value| match value {
            Value::String(one) => vec![one.clone()],
            several => several.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
        };
        let options = Options {
            id: says["id"].as_str().map(str::to_owned),
            previous: names(&says["previousProof"]),
            ..Options::assertion(
                says["verificationMethod"].as_str().unwrap(),
                says["created"].as_str().unwrap().parse().unwrap(),
            )
        };
        document = proof::add(document, Suite::Rdfc, &options, &key(number)).unwrap();
        // The first of a set may stand alone or in a list.
        let expected = proof::proofs(&file(expected)).unwrap();
        assert_eq!(proof::proofs(&document).unwrap().len(), number);
        for (at, (ours, theirs)) in proof::proofs(&document).unwrap().iter().zip(&expected).enumerate() {
            assert_eq!(ours, theirs, "{configuration}, proof {at}");
            assert_eq!(ours.verify(&document, &key(at + 1).public()), Ok(()));
        }
    }
    // Taking away, or changing, what a proof follows is seen.
    let mut without = document.clone();
    without["proof"].as_array_mut().unwrap().remove(0);
    assert!(proof::proofs(&without).is_err());
    let mut changed = document.clone();
    changed["proof"][0]["created"] = "2023-02-24T23:36:39Z".into();
    assert!(proof::proofs(&changed).unwrap()[2].verify(&changed, &key(3).public()).is_err());
}
