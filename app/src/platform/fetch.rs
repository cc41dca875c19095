//! Requests to the server.

use api::{PAGE_BROWSER_EXAM_KEY_HEADER, PAGE_CONFIG_KEY_HEADER, Problem, ProblemCode};
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use js_sys::{Date, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

use super::json;

/// A request that takes longer has failed; the next try may find a better network.
const TIMEOUT_MS: u32 = 20_000;

/// Why a request did not yield what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No answer came: the network or the server is away.
    Unreachable,
    /// The server said no.
    Refused(Box<Problem>),
    /// The answer could not be read: another version, or something between that answers for the server.
    Unreadable,
}

impl FetchError {
    /// Whether the server said no for this reason.
    pub fn is(&self, code: ProblemCode) -> bool {
        matches!(self, Self::Refused(problem) if problem.code() == Some(code))
    }

    /// Whether no server of the exam body can be reached just now: no network, another that answers for it, or a fault of its own.
    pub fn is_away(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable => true,
            Self::Refused(problem) => problem.status >= 500,
        }
    }

    /// Whether trying again may help.
    pub fn is_passing(&self) -> bool {
        self.is_away() || self.is(ProblemCode::TooManyTries)
    }
}

fn prepare(builder: RequestBuilder, token: Option<&str>) -> RequestBuilder {
    let builder = builder.abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    let builder = shown_browser().into_iter().fold(builder, |builder, (name, hash)| builder.header(name, &hash));
    match token {
        Some(token) => builder.header("authorization", &format!("Bearer {token}")),
        None => builder,
    }
}

/// What Safe Exam Browser tells the page of itself (docs/SEB.md); nothing in other browsers.
fn shown_browser() -> Vec<(&'static str, String)> {
    let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let browser = member(&super::window(), "SafeExamBrowser");
    if !browser.is_object() {
        return Vec::new();
    }
    let security = member(&browser, "security");
    [(PAGE_CONFIG_KEY_HEADER, "configKey"), (PAGE_BROWSER_EXAM_KEY_HEADER, "browserExamKey")]
        .into_iter()
        .filter_map(|(header, name)| Some((header, member(&security, name).as_string()?)))
        .collect()
}

async fn check(response: Result<Response, gloo_net::Error>) -> Result<Response, FetchError> {
    let response = response.map_err(|_| FetchError::Unreachable)?;
    if response.ok() {
        return Ok(response);
    }
    Err(FetchError::Refused(Box::new(document(&response).await?)))
}

/// The document of an answer.
async fn document<T: DeserializeOwned>(response: &Response) -> Result<T, FetchError> {
    let text = response.text().await.map_err(|_| FetchError::Unreadable)?;
    json::read(&text).ok_or(FetchError::Unreadable)
}

/// This computer's clock minus the server's, in milliseconds and right to about a second; `None` if the server answers without
/// its time.
///
/// # Errors
/// [`FetchError`].
pub async fn clock_offset_ms() -> Result<Option<i64>, FetchError> {
    let before = Date::now();
    let response = check(prepare(Request::get("/api/v1/health"), None).send().await).await?;
    let now = f64::midpoint(before, Date::now());
    let date = response.headers().get("date");
    // Something between that answers for the server is not the server.
    if response.text().await.is_ok_and(|text| text == "ok") {
        // The header tells whole seconds (RFC 9110, section 6.6.1): on average it is half a second old.
        let server = date.map(|date| Date::parse(&date) + 500.0);
        Ok(server.filter(|ms| ms.is_finite()).map(|server| (now - server) as i64))
    } else {
        Err(FetchError::Unreadable)
    }
}

/// Gets a document.
///
/// # Errors
/// [`FetchError`].
pub async fn get<T: DeserializeOwned>(address: &str, token: Option<&str>) -> Result<T, FetchError> {
    document(&check(prepare(Request::get(address), token).send().await).await?).await
}

/// Gets the bytes of a file.
///
/// # Errors
/// [`FetchError`].
pub async fn get_bytes(address: &str, token: Option<&str>) -> Result<Vec<u8>, FetchError> {
    let response = check(prepare(Request::get(address), token).send().await).await?;
    response.binary().await.map_err(|_| FetchError::Unreachable)
}

/// Whether the server has something to give at this address, without getting it.
pub async fn is_there(address: &str) -> bool {
    let head = RequestBuilder::new(address).method(Method::HEAD);
    prepare(head, None).send().await.is_ok_and(|response| response.ok())
}

/// Posts a document.
///
/// # Errors
/// [`FetchError`].
pub async fn post<B: Serialize, T: DeserializeOwned>(
    address: &str,
    token: Option<&str>,
    body: &B,
) -> Result<T, FetchError> {
    let request = prepare(Request::post(address), token).json(body).map_err(|_| FetchError::Unreadable)?;
    document(&check(request.send().await).await?).await
}

/// Posts a file.
///
/// # Errors
/// [`FetchError`].
pub async fn post_bytes<T: DeserializeOwned>(address: &str, bytes: &[u8]) -> Result<T, FetchError> {
    let request = prepare(Request::post(address), None).header("content-type", "application/octet-stream");
    let request = request.body(js_sys::Uint8Array::from(bytes)).map_err(|_| FetchError::Unreadable)?;
    document(&check(request.send().await).await?).await
}

/// Sends a request without a document, and gets one.
///
/// # Errors
/// [`FetchError`].
pub async fn send<T: DeserializeOwned>(method: Method, address: &str, token: &str) -> Result<T, FetchError> {
    let request = prepare(RequestBuilder::new(address).method(method), Some(token));
    document(&check(request.send().await).await?).await
}
