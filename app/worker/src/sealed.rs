//! Packages and response files: a line in clear, a line feed, an age file.

use signing::{
    code::Code80,
    sealing::{self, Identity, Recipient, SealFault},
};
use worker_protocol::{Fault, FaultCode};

use crate::fault::{bad, fault};

/// The most bytes that are read out of a package: questions of an exam without pictures have a few hundred thousand.
const MAX_PAYLOAD: usize = 8 * 1024 * 1024;
/// The most bytes that are read out of a response file, which itself is at most as long.
const MAX_JOURNAL: usize = 16 * 1024 * 1024;

/// The two parts of a package's file.
///
/// # Errors
/// [`FaultCode::Damaged`].
pub(crate) fn split(file: &[u8]) -> Result<(&str, &[u8]), Fault> {
    let damaged = |what: &str| fault(FaultCode::Damaged, format!("the package is no package: {what}"));
    let end = file.iter().position(|&byte| byte == b'\n').ok_or_else(|| damaged("it has no second line"))?;
    let head = std::str::from_utf8(&file[..end]).map_err(|_| damaged("its first line is no text"))?;
    Ok((head, &file[end + 1..]))
}

/// What opens a package.
///
/// # Errors
/// [`FaultCode::CodeMistyped`], in words that name the code.
pub(crate) fn identity(release: &str, admission: &str, attempt: &str) -> Result<Identity, Fault> {
    let release = code("release code", release)?;
    let admission = code("admission code", admission)?;
    Ok(Identity::of_package(&release, &admission, attempt))
}

/// What was sealed in a package's file.
///
/// # Errors
/// [`FaultCode::WrongCode`], [`FaultCode::Damaged`].
pub(crate) fn open_package(file: &[u8], identity: &Identity) -> Result<String, Fault> {
    open(split(file)?.1, identity, MAX_PAYLOAD, "package")
}

/// What was sealed in a response file, opened with a candidate's move code.
///
/// # Errors
/// [`FaultCode::CodeMistyped`], [`FaultCode::WrongCode`], [`FaultCode::Damaged`].
pub(crate) fn open_response(sealed: &[u8], typed: &str, attempt: &str) -> Result<String, Fault> {
    let identity = Identity::of_transfer(&code("move code", typed)?, attempt);
    open(sealed, &identity, MAX_JOURNAL, "response file")
}

/// A response file: the header, and these lines sealed for the recipients.
///
/// # Errors
/// [`FaultCode::BadRequest`] for a header of several lines, or recipients that are none.
pub(crate) fn response(header: &str, lines: &[String], recipients: &[String]) -> Result<Vec<u8>, Fault> {
    if header.contains('\n') {
        return Err(bad("the header has more than one line"));
    }
    let parse = |text: &String| Recipient::parse(text).map_err(|error| bad(format!("recipient {text:?}: {error}")));
    let recipients = recipients.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
    let content: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
    let sealed = sealing::seal(content.as_bytes(), &recipients).map_err(|error| bad(error.to_string()))?;
    Ok([header.as_bytes(), b"\n", &sealed].concat())
}

fn code(which: &str, typed: &str) -> Result<Code80, Fault> {
    Code80::parse(typed).map_err(|error| fault(FaultCode::CodeMistyped, format!("{which}: {error}")))
}

fn open(sealed: &[u8], identity: &Identity, limit: usize, what: &str) -> Result<String, Fault> {
    let opened = sealing::open(sealed, identity, limit).map_err(|error| {
        let code = match error {
            SealFault::WrongKey => FaultCode::WrongCode,
            _ => FaultCode::Damaged,
        };
        fault(code, format!("the {what}: {error}"))
    })?;
    String::from_utf8(opened).map_err(|_| fault(FaultCode::Damaged, format!("the {what}: what was sealed is no text")))
}
