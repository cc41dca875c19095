//! RFC 8785 and W3C vc-di-eddsa vectors, read from the folder that `INVIGIL_VECTORS` names.

use std::{fs, path::PathBuf};

use serde_json::Value;
use signing::{
    digest::sha256_hex,
    jcs,
    keys::{PublicKey, SigningKey},
    proof,
};

/// The folder of vectors. Where it is missing, a build server fails; elsewhere the test says what it skips.
fn folder(name: &str) -> Option<PathBuf> {
    let default = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors").into();
    let folder = std::env::var_os("INVIGIL_VECTORS").map_or_else(default, PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
    eprintln!("skipped: {} is missing", folder.display());
    None
}

fn json(file: PathBuf) -> Value {
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
    assert_eq!(proof.verify(&signed, &public), Ok(()));

    // Signing as they did: the private key is a Multikey with prefix 0x8026.
    let secret = bs58::decode(&keys["privateKeyMultibase"].as_str().unwrap()[1..]).into_vec().unwrap();
    let key = SigningKey::from_seed(secret[2..].try_into().unwrap());
    assert_eq!(key.public(), public);
    let created = proof.created.unwrap();
    let ours = proof::sign(unsigned, &key, &proof.method, created).unwrap();
    assert_eq!(ours["proof"]["proofValue"].as_str().unwrap(), text("sigBTC58JCS.txt"));
    assert_eq!(ours, signed);
}

#[test]
fn a_proof_of_another_suite_is_read_but_not_taken_for_ours() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let signed = json(folder.join("eddsa-rdfc-2022/signedDataInt.json"));
    let proofs = proof::proofs(&signed).unwrap();
    assert!(proofs.iter().all(|proof| !proof.is_understood() && proof.suite == "eddsa-rdfc-2022"));
}
