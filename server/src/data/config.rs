//! `invigil.toml`: who issues, and under which address.

use serde::{Deserialize, Serialize};

use crate::{log::LogConfig, toml_fault};

/// The configuration of a data directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Always `invigil-config`.
    pub format: String,
    /// Version of this file's format.
    pub version: u32,
    /// Marks everything issued as a demonstration, in text and in data.
    pub demonstration: bool,
    /// Where people reach this server, such as `https://exams.example.org`; printed beside the QR code of certificates.
    pub public_url: String,
    /// The file that holds the passphrase of the private files, from this directory on, where no option and no variable names
    /// another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passphrase_file: Option<String>,
    /// The body that issues.
    pub issuer: IssuerConfig,
    /// Who watches the log of what is issued.
    #[serde(default, skip_serializing_if = "LogConfig::is_empty")]
    pub log: LogConfig,
}

/// The body that issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerConfig {
    /// Its name on certificates and pages.
    pub name: String,
    /// Host of its `did:web` identifier, independent of where the server runs: `https://HOST/.well-known/did.json` must
    /// lead to this server's document.
    pub did_host: String,
    /// The one colour of its certificates, as `#rrggbb`.
    pub accent: String,
    /// Its mark on certificates: a PNG file in the data directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
}

impl Config {
    /// The `format` of this file.
    pub const FORMAT: &'static str = "invigil-config";
    /// The `version` this program reads and writes.
    pub const VERSION: u32 = 1;

    /// A configuration for the demonstration.
    pub fn demonstration(public_url: &str) -> Self {
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            demonstration: true,
            public_url: public_url.into(),
            passphrase_file: None,
            issuer: IssuerConfig {
                name: "Invigil Demonstration Certification Body".into(),
                did_host: "demo.invigil.example".into(),
                accent: "#1f4e5f".into(),
                mark: None,
            },
            log: LogConfig::default(),
        }
    }

    /// Reads the file's text.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn read(text: &str) -> Result<Self, String> {
        let config: Self = toml::from_str(text).map_err(|error| toml_fault::in_a_line(text, &error))?;
        if config.format != Self::FORMAT || config.version != Self::VERSION {
            let (format, version) = (&config.format, config.version);
            return Err(format!("it is {format:?} version {version}, this program reads {:?} version 1", Self::FORMAT));
        }
        if config.accent().is_none() {
            return Err(format!("issuer.accent is {:?}, write a colour as \"#rrggbb\"", config.issuer.accent));
        }
        Ok(config)
    }

    /// The file's text.
    pub fn write(&self) -> String {
        toml::to_string(self).expect("a struct of strings is always TOML")
    }

    /// The accent colour as red, green, blue.
    pub fn accent(&self) -> Option<[u8; 3]> {
        let mut rgb = [0; 3];
        hex::decode_to_slice(self.issuer.accent.strip_prefix('#')?, &mut rgb).ok()?;
        Some(rgb)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_is_read_as_it_was_written_and_faults_are_named() {
        let config = Config::demonstration("http://localhost:8080");
        assert_eq!(Config::read(&config.write()).unwrap(), config);
        assert!(Config::read(&config.write().replace("version = 1", "version = 2")).unwrap_err().contains("version 2"));
        assert!(Config::read(&config.write().replace("#1f4e5f", "teal")).unwrap_err().contains("issuer.accent"));
        assert!(Config::read("format = 3").unwrap_err().contains("format"));
    }
}
