//! Randomness from the browser's cryptographic generator.

/// Fresh random bytes.
///
/// # Panics
/// In a browser without `crypto.getRandomValues`, in which nothing here can work.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let crypto = super::window().crypto().expect("every browser that runs WebAssembly has a random generator");
    crypto.get_random_values_with_u8_array(&mut bytes).expect("a few bytes are always given");
    bytes
}

/// Random bytes as lower-case hexadecimal digits.
pub fn hex<const N: usize>() -> String {
    bytes::<N>().iter().map(|byte| format!("{byte:02x}")).collect()
}
