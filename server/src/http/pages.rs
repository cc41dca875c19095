//! The built pages. Each entry page gets a Content-Security-Policy that allows exactly its own inline loader, by hash.

use std::path::{Path, PathBuf};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::get,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

use super::{Shared, answer};
use crate::failure::Failure;

/// Where the files of the pages are.
const FILES: &str = "/app";

/// The pages are not where they should be.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}; build the pages with «cargo xtask build»", file.display())]
pub struct PageError {
    file: PathBuf,
    reason: std::io::Error,
}

/// The entry pages and the candidate's service worker, read at start.
pub struct Pages {
    web: PathBuf,
    candidate: Page,
    verify: Page,
    office: Page,
    /// Its list of files is that of the candidate's page: the two are of one build.
    service_worker: Page,
}

#[derive(Clone)]
struct Page {
    text: String,
    kind: &'static str,
    policy: HeaderValue,
}

impl Pages {
    /// Reads `index.html` of each page and `candidate/sw.js` of a build.
    ///
    /// # Errors
    /// [`PageError`] with the file that is missing.
    pub fn load(web: &Path) -> Result<Self, PageError> {
        let read = |page: &str, name: &str| {
            let file = web.join(page).join(name);
            std::fs::read_to_string(&file).map_err(|reason| PageError { file, reason })
        };
        Ok(Self {
            web: web.to_owned(),
            candidate: Page::html(read("candidate", "index.html")?),
            verify: Page::html(read("verify", "index.html")?),
            office: Page::html(read("office", "index.html")?),
            service_worker: Page::script(read("candidate", "sw.js")?),
        })
    }

    pub(super) fn add_to(self, router: Router<Shared>) -> Router<Shared> {
        let files =
            ServeDir::new(&self.web).precompressed_br().precompressed_gzip().append_index_html_on_directories(false);
        // A worker takes its policy from its own script's answer, not from the page.
        let policy = SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, policy(&[]));
        let files = Router::new().fallback_service(files);
        let files = files.layer(middleware::from_fn(explain)).layer(policy).layer(middleware::from_fn(cache));
        let practice = self.candidate.clone();
        router
            .route("/", get(move || async move { self.candidate.answer() }))
            // The same page, so that it is kept with the app: it looks at its address.
            .route("/practice", get(move || async move { practice.answer() }))
            .route("/verify", get(move || async move { self.verify.answer() }))
            .route("/office", get(move || async move { self.office.answer() }))
            // A service worker can hold what lies beside or below it: `/` is the page to be held.
            .route("/sw.js", get(move || async move { self.service_worker.answer() }))
            .nest_service(FILES, files)
    }
}

impl Page {
    fn html(text: String) -> Self {
        let hashes: Vec<String> = inline_scripts(&text)
            .map(|script| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script.as_bytes()))))
            .collect();
        Self { policy: policy(&hashes), kind: "text/html; charset=utf-8", text }
    }

    fn script(text: String) -> Self {
        Self { policy: policy(&[]), kind: "text/javascript", text }
    }

    fn answer(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.kind)),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            (header::CONTENT_SECURITY_POLICY, self.policy.clone()),
        ];
        (headers, self.text.clone()).into_response()
    }
}

fn policy(script_hashes: &[String]) -> HeaderValue {
    let scripts: String = script_hashes.iter().map(|hash| format!(" {hash}")).collect();
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; worker-src 'self'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("base64 and ASCII make a header")
}

/// The text of every `<script>` without a `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!tag.contains("src=")).then_some(script)
    })
}

/// What never changes its content is kept for good; all else is asked for again.
async fn cache(request: Request, next: Next) -> Response {
    let fixed = is_fixed(request.uri().path());
    let mut response = next.run(request).await;
    let value =
        if fixed && response.status().is_success() { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response
}

/// Says in a problem why there is no file, which the service for files does without a word.
async fn explain(request: Request, next: Next) -> Response {
    let path = format!("{FILES}{}", request.uri().path());
    // No file system has such a name; asked for it, some report a fault of their own.
    if path.split('/').any(|name| name.len() > 255) {
        return answer::nothing_at(&path).into_response();
    }
    let response = next.run(request).await;
    let failure = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => answer::no_method_at(&path),
        status if status.is_server_error() => Failure::fault(format!("{path} cannot be read ({status})")),
        status if status.is_client_error() && status != StatusCode::RANGE_NOT_SATISFIABLE => answer::nothing_at(&path),
        _ => return response,
    };
    let mut explained = failure.into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        explained.headers_mut().insert(header::ALLOW, allow.clone());
    }
    explained
}

/// Whether a file never changes under its name: the name has a part like `-0123456789abcdef`, as the builder of the pages
/// gives them, or it is a font. A font that had to be asked for again would come too late for the page it is for.
fn is_fixed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let hashed =
        name.split(['-', '_', '.']).any(|part| part.len() >= 15 && part.bytes().all(|b| b.is_ascii_hexdigit()));
    hashed || name.ends_with(".woff2")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_inline_script_is_allowed_by_its_hash_and_nothing_else_is() {
        let page = Page::html(r#"<script type="module">a()</script><script src="x.js"></script>"#.into());
        let policy = page.policy.to_str().unwrap();
        assert!(policy.contains(&format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(b"a()")))));
        assert_eq!(policy.matches("sha256-").count(), 1);
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn names_with_a_hash_may_be_kept_for_good() {
        assert!(is_fixed("/app/candidate/candidate-5b7b2b5dc3fb3f2e_bg.wasm"));
        assert!(is_fixed("/app/candidate/fonts/source-sans-latin.woff2"));
        assert!(!is_fixed("/app/candidate/worker_bg.wasm"));
        assert!(!is_fixed("/"));
    }
}
