//! Writing settings files.
//!
//! SEB for Windows, SEB for macOS and exam systems compute different Config Keys from some settings that all of them read.
//! Such settings are refused here, so that the key of a file that was written is the same everywhere.

use std::fmt::Write as _;

use quick_xml::escape::partial_escape;

use crate::{
    Dict, Value,
    config_key::ORIGINATOR,
    file, gzip, order,
    password::{self, Salts},
    plist::{MAX_BYTES, MAX_DEPTH, is_xml},
};

/// Why settings are not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A setting that would not have the same Config Key everywhere.
    #[error("the setting {setting} {reason}")]
    Setting {
        /// Its name, after those of what it lies in: `URLFilterRules[0].expression`; empty for the settings themselves.
        setting: String,
        /// What is wrong with it.
        reason: Reason,
    },
    /// A password that SEB's versions do not stretch to the same key.
    #[error("the password of a settings file is not empty and has only letters, digits and signs of ASCII")]
    Password,
    /// More than [`MAX_BYTES`] of XML.
    #[error("the settings have more than {MAX_BYTES} bytes")]
    TooLarge,
}

/// What is wrong with a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A real number, a date or data.
    #[error(
        "is of a type of which clients write different texts: only booleans, integers, texts, arrays and dictionaries"
    )]
    Type,
    /// Beyond 32 bits.
    #[error("is an integer of more than 32 bits, which SEB for Windows does not read")]
    Integer,
    /// A dictionary without entries.
    #[error("is a dictionary without entries, which not all clients leave out")]
    EmptyDict,
    /// An empty text in an array.
    #[error("is an empty text in an array, after which SEB for Windows may leave out a comma")]
    EmptyInArray,
    /// A text with a character that is escaped by some.
    #[error("has a quotation mark or a control character, which some escape and others do not")]
    Character,
    /// A name that is not sorted the same everywhere.
    #[error("has a name that is not of ASCII letters and digits")]
    Name,
    /// Two names alike.
    #[error("has a name that differs from another in upper and lower case only")]
    NameTwice,
    /// The one name that takes no part in the key.
    #[error("is left out of the Config Key, where SEB for Windows may leave a comma in its place")]
    Originator,
    /// Deeper than [`MAX_DEPTH`].
    #[error("lies more than {MAX_DEPTH} deep")]
    Depth,
}

/// A settings file without encryption: gzip(`plnd` gzip(XML)). The same settings give the same bytes.
///
/// # Errors
/// [`WriteError`].
pub fn plain(settings: &Dict) -> Result<Vec<u8>, WriteError> {
    Ok(packed(file::PLAIN, &gzip::compress(xml(settings)?.as_bytes())))
}

/// A settings file encrypted with a password: gzip(`pswd` RNCryptor(gzip(XML))).
///
/// # Errors
/// [`WriteError`].
pub fn encrypted(settings: &Dict, password: &str, salts: &Salts) -> Result<Vec<u8>, WriteError> {
    // In version 2 of the format some clients cut a password to as many bytes as it has characters; in ASCII that is all.
    if password.is_empty() || !password.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(WriteError::Password);
    }
    let settings = gzip::compress(xml(settings)?.as_bytes());
    Ok(packed(file::PASSWORD, &password::encrypt(&settings, password, salts)))
}

/// The settings as XML, sorted as the Config Key sorts them.
///
/// # Errors
/// [`WriteError`].
pub fn xml(settings: &Dict) -> Result<String, WriteError> {
    let mut writer = Writer { xml: String::new(), path: Vec::new() };
    writer.xml.push_str(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" ",
        "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n",
        "<plist version=\"1.0\">\n",
    ));
    writer.dict(settings, 1)?;
    writer.xml.push_str("</plist>\n");
    if writer.xml.len() > MAX_BYTES { Err(WriteError::TooLarge) } else { Ok(writer.xml) }
}

fn packed(prefix: &[u8; 4], rest: &[u8]) -> Vec<u8> {
    gzip::compress(&[prefix, rest].concat())
}

struct Writer {
    xml: String,
    /// Where the writer is: names and, in arrays, places.
    path: Vec<String>,
}

impl Writer {
    fn dict(&mut self, dict: &Dict, depth: usize) -> Result<(), WriteError> {
        self.check(!dict.is_empty(), Reason::EmptyDict)?;
        self.check(depth <= MAX_DEPTH, Reason::Depth)?;
        let mut entries: Vec<_> = dict.iter().collect();
        entries.sort_by(|(one, _), (other, _)| order::compare(one, other));
        let mut last = "";
        self.xml.push_str("<dict>\n");
        for (key, value) in entries {
            self.path.push(if self.path.is_empty() { key.clone() } else { format!(".{key}") });
            self.check(!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric()), Reason::Name)?;
            self.check(!key.eq_ignore_ascii_case(last), Reason::NameTwice)?;
            self.check(!key.eq_ignore_ascii_case(ORIGINATOR), Reason::Originator)?;
            self.element("key", key);
            self.value(value, depth)?;
            self.path.pop();
            last = key;
        }
        self.xml.push_str("</dict>\n");
        Ok(())
    }

    fn value(&mut self, value: &Value, depth: usize) -> Result<(), WriteError> {
        match value {
            Value::Boolean(value) => self.xml.push_str(if *value { "<true/>\n" } else { "<false/>\n" }),
            Value::Integer(value) => {
                self.check(i32::try_from(*value).is_ok(), Reason::Integer)?;
                self.element("integer", &value.to_string());
            }
            Value::String(text) => {
                let is_plain = |c: char| c != '"' && !c.is_control() && is_xml(c);
                self.check(text.chars().all(is_plain), Reason::Character)?;
                self.element("string", text);
            }
            Value::Array(values) => {
                self.check(depth < MAX_DEPTH, Reason::Depth)?;
                self.xml.push_str("<array>\n");
                for (place, value) in values.iter().enumerate() {
                    self.path.push(format!("[{place}]"));
                    self.check(!matches!(value, Value::String(text) if text.is_empty()), Reason::EmptyInArray)?;
                    self.value(value, depth + 1)?;
                    self.path.pop();
                }
                self.xml.push_str("</array>\n");
            }
            Value::Dict(dict) => self.dict(dict, depth + 1)?,
            Value::Real(_) | Value::Date(_) | Value::Data(_) => self.check(false, Reason::Type)?,
        }
        Ok(())
    }

    fn element(&mut self, name: &str, text: &str) {
        // Writing into a string does not fail.
        let _ = writeln!(self.xml, "<{name}>{}</{name}>", partial_escape(text));
    }

    fn check(&self, fits: bool, reason: Reason) -> Result<(), WriteError> {
        if fits { Ok(()) } else { Err(WriteError::Setting { setting: self.path.concat(), reason }) }
    }
}
