//! The API as it describes itself, and the closed list of its problems.

use api::ProblemCode;
use axum::http::Method;
use serde_json::{Value, json};

use crate::fixture::World;

#[tokio::test]
async fn the_openapi_description_is_the_one_that_was_agreed() {
    let world = World::new();
    let mut served: Value = world.get("/api/v1/openapi.json").send().await.ok();
    served["info"]["version"] = "[version]".into();
    insta::with_settings!({ sort_maps => true, omit_expression => true }, {
        insta::assert_json_snapshot!("openapi", served);
    });
}

#[tokio::test]
async fn every_described_address_is_there_and_every_reference_leads_somewhere() {
    let world = World::new();
    let description: Value = world.get("/api/v1/openapi.json").send().await.ok();
    let paths = description["paths"].as_object().unwrap();
    assert!(paths.len() >= 12);
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            for (status, response) in operation["responses"].as_object().unwrap().iter().filter(|(s, _)| *s != "200") {
                assert!(response["content"]["application/problem+json"].is_object(), "{method} {path} {status}");
            }
            let method: Method = method.to_uppercase().parse().unwrap();
            let answer = world.ask(method, path).send().await;
            let (status, said) = (answer.status, answer.text());
            assert!(status != 405 && !said.contains("there is nothing at"), "{path}: {status} {said}");
        }
    }
    for reference in references(&description) {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn the_problems_are_the_ones_that_were_agreed() {
    let problems: Vec<Value> = ProblemCode::ALL
        .into_iter()
        .map(|code| json!({"status": code.status(), "slug": code.slug(), "title": code.title()}))
        .collect();
    insta::with_settings!({ omit_expression => true }, { insta::assert_json_snapshot!("problems", problems) });
}

fn references(document: &Value) -> Vec<&str> {
    match document {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            own.into_iter().chain(members.values().flat_map(references)).collect()
        }
        Value::Array(values) => values.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
