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
    ::hex::encode(bytes::<N>())
}

/// A random number from `least` to `most`, for waiting: many pages must not all come back at once.
pub fn between(least: u32, most: u32) -> u32 {
    let span = u64::from(most.saturating_sub(least)) + 1;
    let drawn = u64::from(u32::from_be_bytes(bytes())) % span;
    least.saturating_add(u32::try_from(drawn).unwrap_or_default())
}
