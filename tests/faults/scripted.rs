//! Exams sat without a browser, where what matters is what becomes of their response files.

use chrono::Utc;
use server::scripted_device::ScriptedDevice;
use sitting::Package;
use tests::witness::Witness;

/// An exam that was handed in.
pub(crate) struct Sat {
    /// The response file.
    pub(crate) file: Vec<u8>,
    /// Its lines.
    pub(crate) lines: Vec<String>,
    /// The answers in them.
    pub(crate) witness: Witness,
}

/// Opens a package, answers every question, and hands in.
pub(crate) fn sit(package: &[u8], release: &str, admission: &str) -> Sat {
    let package = Package::read(package).unwrap();
    let now_ms = Utc::now().timestamp_millis().unsigned_abs();
    let mut device = ScriptedDevice::open(&package, release, admission, now_ms).unwrap();
    device.sit().unwrap();
    let lines = device.sitting().lines().to_vec();
    let mut witness = Witness::default();
    for (item, response) in device.sitting().answers().responses() {
        witness.saw((item.to_string(), response.choices().to_vec()));
    }
    Sat { file: device.hand_over().unwrap().0.write().unwrap(), lines, witness }
}
