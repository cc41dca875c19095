//! Base45 (RFC 9285): two bytes in three characters of those that QR codes have a short form for.

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The text of these bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let (mut number, digits) = match pair {
            [high, low] => (u32::from(*high) * 256 + u32::from(*low), 3),
            one => (one.iter().copied().map(u32::from).sum(), 2),
        };
        for _ in 0..digits {
            text.push(char::from(ALPHABET[(number % 45) as usize]));
            number /= 45;
        }
    }
    text
}

/// The bytes of a text; `None` if it is none.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for digits in text.as_bytes().chunks(3) {
        let mut number = 0;
        for digit in digits.iter().rev() {
            number = number * 45 + ALPHABET.iter().position(|symbol| symbol == digit)?;
        }
        match digits.len() {
            3 => bytes.extend(u16::try_from(number).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(number).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standard_come_out() {
        // RFC 9285, sections 4.3 and 4.4.
        for (plain, text) in
            [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")]
        {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text).unwrap(), plain.as_bytes());
        }
        for bad in ["GGW", "A", "AB=", "ab0", "::", "ZZZ:"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }
}
