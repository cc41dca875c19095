//! Known answers, the rules of the Config Key one by one, files written and read back, and what is no file at all.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail where they panic and say what they skip")]

mod exam;
mod files;
mod rubbish;
mod rules;
mod vectors;
mod writing;

/// Settings as XML, from what stands in their dictionary.
fn document(entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n  <dict>{entries}</dict>\n</plist>\n"
    )
}
