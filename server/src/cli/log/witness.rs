//! `invigil log witness`.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clap::Args;

use crate::{
    cli::{
        Fault, output,
        serve::{runtime, start_log, stop_asked},
    },
    clock::SystemClock,
    log::Witness as Serving,
};

#[derive(Args)]
pub(in crate::cli) struct Witness {
    /// The folder with the witness's key and what it has cosigned
    #[arg(long, value_name = "DIR")]
    state: PathBuf,
    /// Make the folder with a fresh key under this name, such as witness.example.org, and print its verifier key
    #[arg(long, value_name = "NAME", conflicts_with_all = ["logs", "listen"])]
    init: Option<String>,
    /// The verifier key of a log to look after, NAME+KEYID+BASE64; may be given several times
    #[arg(long = "log", value_name = "VKEY", required_unless_present = "init")]
    logs: Vec<String>,
    /// Where to listen; put a server with TLS before it
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
}

impl Witness {
    pub(in crate::cli) fn run(self) -> Result<(), Fault> {
        if let Some(name) = &self.init {
            output::line(Serving::create(&self.state, name)?.to_string());
            return Ok(());
        }
        start_log("warn,server=info");
        let logs = self.logs.iter().map(|log| super::log_key(log)).collect::<Result<Vec<_>, _>>()?;
        let witness = Arc::new(Serving::open(&self.state, &logs, Arc::new(SystemClock))?);
        runtime()?.block_on(async {
            let in_use = |error| Fault::new(format!("cannot listen on {}: {error}", self.listen));
            let listener = tokio::net::TcpListener::bind(self.listen).await.map_err(in_use)?;
            output::line(format!("listening on http://{}", listener.local_addr()?));
            output::line(format!("witness {}", witness.vkey()));
            axum::serve(listener, witness.router()).with_graceful_shutdown(stop_asked()).await?;
            Ok(())
        })
    }
}
