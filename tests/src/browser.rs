//! A real Chromium with a profile of its own, driven over WebDriver. It can be killed and opened again.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    environment::place,
    process::{Killed, free_port, wait_for_port},
};

/// No step of a journey takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser. Its profile, and with it the browser's storage, outlives the running program.
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    driver: Killed,
    profile: TempDir,
    downloads: TempDir,
}

/// The driver, which is killed, takes no browser with it.
impl Drop for Browser {
    fn drop(&mut self) {
        self.kill();
    }
}

/// How the browser shows pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark letters on a light page.
    Light,
    /// Light letters on a dark page.
    Dark,
}

impl Browser {
    /// Opens a browser with a fresh profile.
    pub async fn open() -> Self {
        let (driver, port) = driver();
        let (profile, downloads) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let client = session(port, &profile, &downloads).await;
        Self { client, driver, profile, downloads }
    }

    /// Kills the browser with all its processes (SIGKILL), as a power cut would, and opens it again.
    pub async fn kill_and_reopen(&mut self) {
        assert!(self.kill(), "there is no browser to kill");
        self.reopen().await;
    }

    /// Where the browser keeps what it stores.
    pub fn profile(&self) -> &Path {
        self.profile.path()
    }

    /// Opens the browser again after it was killed.
    pub async fn reopen(&mut self) {
        // The driver lost its browser; a new one is quicker than waiting for it to notice.
        let (driver, port) = driver();
        self.driver = driver;
        self.client = session(port, &self.profile, &self.downloads).await;
    }

    /// Kills the browser: its profile names the process that holds it. Whether there was one.
    pub fn kill(&self) -> bool {
        let lock = fs::read_link(self.profile.path().join("SingletonLock")).ok();
        let process = lock.as_ref().and_then(|lock| lock.to_str()?.rsplit('-').next());
        process.is_some_and(|process| Command::new("kill").args(["-KILL", process]).status().is_ok_and(|s| s.success()))
    }

    /// Goes to an address.
    pub async fn goto(&self, address: &str) {
        self.client.goto(address).await.unwrap();
    }

    /// The first element of this kind, waited for.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("{css}: {error}; the page says: {}", self.text("body").await),
        }
    }

    /// Whether there is an element of this kind now.
    pub async fn has(&self, css: &str) -> bool {
        !self.client.find_all(Locator::Css(css)).await.unwrap().is_empty()
    }

    /// The text of the first element of this kind, as it is shown.
    pub async fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        self.client.execute(script, vec![css.into()]).await.unwrap().as_str().unwrap_or_default().to_owned()
    }

    /// Clicks the first element of this kind.
    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap();
    }

    /// Clicks the first button with this text.
    pub async fn press(&self, text: &str) {
        let path = format!("//button[normalize-space()='{text}']");
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
        match found {
            Ok(button) => button.click().await.unwrap(),
            Err(error) => panic!("button «{text}»: {error}; the page says: {}", self.text("body").await),
        }
    }

    /// Types into the first element of this kind, after clearing it.
    pub async fn type_into(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Waits until a script returns a true value.
    pub async fn until(&self, what: &str, script: &str) {
        let end = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < end {
            if self.client.execute(script, Vec::new()).await.is_ok_and(|value| value == Value::Bool(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("waited for {what}; the page says: {}", self.text("body").await);
    }

    /// What a promise in the page yields.
    pub async fn promise(&self, expression: &str, arguments: Vec<Value>) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; ({expression})(...arguments).then(done, e => done({{failed: `${{e}}`}}))"
        );
        self.client.execute_async(&script, arguments).await.unwrap()
    }

    /// Waits for a downloaded file whose name ends so; its bytes.
    pub async fn download(&self, ending: &str) -> Vec<u8> {
        let end = std::time::Instant::now() + PATIENCE;
        while std::time::Instant::now() < end {
            let entries = fs::read_dir(self.downloads.path()).unwrap().map(|entry| entry.unwrap().path());
            if let Some(file) = entries.into_iter().find(|path| path.to_str().unwrap().ends_with(ending)) {
                return fs::read(file).unwrap();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no file *{ending} was downloaded");
    }

    /// Has pages shown in light or dark.
    pub async fn show(&self, scheme: Scheme) {
        let value = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": value}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Gives the page this size, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Sends a command of the DevTools protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let command = DevTools(json!({"cmd": command, "params": parameters}));
        self.client.issue_cmd(command).await.unwrap()
    }

    /// What axe-core finds wrong with the page as it stands, in words; WCAG 2.2 A and AA and its best practices.
    pub async fn axe(&self) -> Vec<String> {
        let cache = env::var_os("HOME").map_or_else(PathBuf::new, PathBuf::from).join(".cache/invigil");
        let axe = fs::read_to_string(place("INVIGIL_AXE", cache.join("npm/node_modules/axe-core/axe.min.js"))).unwrap();
        self.client.execute(&axe, Vec::new()).await.unwrap();
        let found = self.promise("() => axe.run({resultTypes: ['violations']})", Vec::new()).await;
        let violations = found["violations"].as_array().unwrap_or_else(|| panic!("axe-core says {found}"));
        let words = |violation: &Value| {
            let nodes: Vec<String> = violation["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|node| format!("{}: {}", node["html"].as_str().unwrap(), node["failureSummary"].as_str().unwrap()))
                .collect();
            format!("{}: {}", violation["id"].as_str().unwrap(), nodes.join("; "))
        };
        violations.iter().map(words).collect()
    }
}

/// Starts a driver; the port that it listens on.
fn driver() -> (Killed, u16) {
    let port = free_port();
    let mut driver = Command::new(place("INVIGIL_CHROMEDRIVER", "/usr/bin/chromedriver"));
    driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
    let driver = Killed(driver.spawn().unwrap());
    wait_for_port(port);
    (driver, port)
}

async fn session(port: u16, profile: &TempDir, downloads: &TempDir) -> Client {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
    ];
    let mut arguments: Vec<String> = arguments.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.path().display()));
    let options = json!({
        "binary": place("INVIGIL_CHROMIUM", "/usr/bin/chromium"),
        "args": arguments,
        "prefs": {"download.default_directory": downloads.path(), "download.prompt_for_download": false},
    });
    let capabilities = json!({"goog:chromeOptions": options, "timeouts": {"script": 60_000}});
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities.as_object().unwrap().clone())
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .unwrap()
}

/// Chromedriver's own address for commands of the DevTools protocol.
#[derive(Debug)]
struct DevTools(Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.0.to_string()))
    }
}
