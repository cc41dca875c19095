//! What is asked: `{credential | verifiableCredential | verifiablePresentation, options}`.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use signing::{
    json::{self, one_or_several},
    model::date_time_stamp,
    proof::Suite,
};

use super::answer::{Problem, Refusal, plain};
use crate::http::MAX_BODY;

/// A JSON object, under whatever type it is sent.
pub(super) struct Asked(Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for Asked {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() != StatusCode::PAYLOAD_TOO_LARGE {
                return Refusal::from(Problem::parsing("the request did not arrive whole")).into_response();
            }
            let detail = format!("a request has at most {MAX_BODY} bytes");
            plain(StatusCode::PAYLOAD_TOO_LARGE, serde_json::json!({"verified": false, "errors": [detail]}))
        })?;
        match json::parse(&bytes) {
            Ok(Value::Object(body)) => Ok(Self(body)),
            Ok(_) => Err(Refusal::from(Problem::parsing("the request is no JSON object")).into_response()),
            Err(error) => Err(Refusal::from(Problem::parsing(error.to_string())).into_response()),
        }
    }
}

impl Asked {
    /// The document of this name, and the options.
    pub(super) fn document(mut self, name: &str) -> Result<(Value, Options), Refusal> {
        let Some(document @ Value::Object(_)) = self.0.remove(name) else {
            return Err(Problem::parsing(format!("the request has no object {name:?}")).into());
        };
        let options = match self.0.remove("options") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(options)) => options,
            Some(_) => return Err(Problem::parsing("the options are no object").into()),
        };
        Ok((document, Options(options)))
    }

    pub(super) fn get(&self, pointer: &str) -> Option<&Value> {
        let (first, rest) = pointer.split_once('/').unwrap_or((pointer, ""));
        let value = self.0.get(first)?;
        if rest.is_empty() { Some(value) } else { value.pointer(&format!("/{rest}")) }
    }
}

/// The options of a request. What is null is not there.
pub(super) struct Options(Map<String, Value>);

impl Options {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Problem> {
        let wrong = || Problem::parsing(format!("the option {name} is no text"));
        self.get(name).map(|value| value.as_str().ok_or_else(wrong)).transpose()
    }

    /// A text or a list of texts.
    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<&str>>, Problem> {
        let wrong = || Problem::parsing(format!("the option {name} is no text and no list of texts"));
        let Some(value) = self.get(name) else { return Ok(None) };
        let listed = one_or_several(value).iter();
        listed.map(Value::as_str).collect::<Option<Vec<_>>>().ok_or_else(wrong).map(Some)
    }

    /// A time.
    pub(super) fn time(&self, name: &str) -> Result<Option<DateTime<Utc>>, Problem> {
        let wrong = || Problem::generation(format!("the option {name} is no time with a time zone"));
        self.text(name)?.map(|text| date_time_stamp(text).ok_or_else(wrong)).transpose()
    }

    /// The cryptosuite that is asked for.
    pub(super) fn suite(&self) -> Result<Option<Suite>, Problem> {
        let Some(name) = self.text("cryptosuite")? else { return Ok(None) };
        let unknown = || Problem::generation(format!("the cryptosuite {:?} is not known here", shown(name)));
        Suite::from_name(name).ok_or_else(unknown).map(Some)
    }

    /// What the status that is asked for means; `revocation` if nothing is said.
    pub(super) fn status_purpose(&self) -> Result<String, Problem> {
        let purpose = self.get("credentialStatus").and_then(|status| status.get("statusPurpose"));
        match purpose.map(Value::as_str) {
            None => Ok(signing::status::REVOCATION.to_owned()),
            Some(Some(purpose @ ("revocation" | "suspension"))) => Ok(purpose.to_owned()),
            Some(_) => Err(Problem::malformed("the statusPurpose is neither revocation nor suspension")),
        }
    }

    /// Whether something is to be checked: everything, unless the options list what.
    pub(super) fn checks(&self, names: &[&str]) -> Result<bool, Problem> {
        let listed = self.texts("checks")?.unwrap_or_default();
        Ok(listed.is_empty() || listed.iter().any(|name| names.contains(name)))
    }
}

/// As much of a stranger's text as is shown.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(120).collect()
}

/// The host and port by which the request came here.
pub(super) fn host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let named = uri.authority().map(|authority| authority.as_str().to_owned());
    let host = named.or_else(|| headers.get(header::HOST)?.to_str().ok().map(str::to_owned))?;
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'));
    (plain && (1..=260).contains(&host.len())).then_some(host)
}
