//! The network between a page and everything else, as the browser's own developer tools take it away.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser::Browser;

/// No request of the page goes through any more.
pub async fn cut(browser: &Browser) {
    conditions(browser, true).await;
}

/// Requests go through again, and the page is told so, as by the browser.
pub async fn restore(browser: &Browser) {
    conditions(browser, false).await;
}

/// Takes the network away and gives it back, over and over; in the end it is there.
pub async fn flap(browser: &Browser, every: Duration, time: Duration) {
    let end = Instant::now() + time;
    while Instant::now() < end {
        cut(browser).await;
        tokio::time::sleep(every).await;
        restore(browser).await;
        tokio::time::sleep(every).await;
    }
}

/// Tells the page that there is a network again, so that it does not wait for its next try.
pub async fn tell(browser: &Browser) {
    browser.client.execute("dispatchEvent(new Event('online'))", Vec::new()).await.unwrap();
}

async fn conditions(browser: &Browser, offline: bool) {
    let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.devtools("Network.enable", json!({})).await;
    browser.devtools("Network.emulateNetworkConditions", conditions).await;
}
