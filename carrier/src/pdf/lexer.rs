//! PDF's syntax (ISO 32000-1, sections 7.2 and 7.3).

use super::object::{Dictionary, MAX_DEPTH, Object};

/// The most values within one.
const MAX_VALUES: usize = 65_536;
/// The longest value, in bytes; what a stream holds is none.
const MAX_LENGTH: usize = 256 * 1024;

/// Reads values at a place. `None` is a place where none stands.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    values: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, values: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over white space and comments.
    pub(super) fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if is_white(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// Passes over a word, if it stands here.
    pub(super) fn take(&mut self, word: &[u8]) -> Option<()> {
        self.skip();
        let rest = self.bytes.get(self.at..)?;
        let follows = rest.strip_prefix(word)?.first();
        if follows.is_some_and(|byte| !is_white(*byte) && !is_delimiter(*byte) && word.last() != Some(byte)) {
            return None;
        }
        self.at += word.len();
        Some(())
    }

    /// A number without sign or fraction.
    pub(super) fn number(&mut self) -> Option<usize> {
        self.skip();
        let digits = self.run(|byte| byte.is_ascii_digit());
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    fn run(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let from = self.at;
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
        self.bytes.get(from..self.at).unwrap_or_default()
    }

    pub(super) fn object(&mut self) -> Option<Object> {
        let whole = self.bytes;
        self.bytes = whole.get(..self.at.saturating_add(MAX_LENGTH)).unwrap_or(whole);
        let object = self.within(0);
        self.bytes = whole;
        object
    }

    fn within(&mut self, depth: usize) -> Option<Object> {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return None;
        }
        self.skip();
        match (self.peek()?, self.bytes.get(self.at + 1)) {
            (b'<', Some(b'<')) => {
                self.at += 2;
                self.dictionary(depth).map(Object::Dictionary)
            }
            (b'<', _) => self.hexadecimal().map(Object::Text),
            (b'(', _) => self.literal().map(Object::Text),
            (b'/', _) => self.name().map(Object::Name),
            (b'[', _) => {
                self.at += 1;
                let mut array = Vec::new();
                loop {
                    self.skip();
                    if self.peek()? == b']' {
                        self.at += 1;
                        return Some(Object::Array(array));
                    }
                    array.push(self.within(depth + 1)?);
                }
            }
            (b'0'..=b'9' | b'+' | b'-' | b'.', _) => self.numeric(),
            _ => {
                let word = self.run(|byte| byte.is_ascii_alphabetic());
                match word {
                    b"null" => Some(Object::Null),
                    b"true" | b"false" => Some(Object::Boolean),
                    _ => None,
                }
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Dictionary> {
        let mut dictionary = Dictionary::new();
        loop {
            self.skip();
            if self.bytes.get(self.at..)?.starts_with(b">>") {
                self.at += 2;
                return Some(dictionary);
            }
            let name = self.name()?;
            let value = self.within(depth + 1)?;
            // Two readers of a repeated name may see two different files.
            if dictionary.insert(name, value).is_some() {
                return None;
            }
        }
    }

    /// A number, or a reference: two numbers and `R`.
    fn numeric(&mut self) -> Option<Object> {
        let text = self.run(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'));
        let text = std::str::from_utf8(text).ok()?;
        if text.contains('.') {
            return text.parse::<f64>().ok().map(|_| Object::Real);
        }
        let number = text.parse::<i64>().ok()?;
        let Ok(object) = u32::try_from(number) else { return Some(Object::Integer(number)) };
        let behind = self.at;
        if text.bytes().all(|byte| byte.is_ascii_digit()) && self.number().is_some() && self.take(b"R").is_some() {
            return Some(Object::Reference(object));
        }
        self.at = behind;
        Some(Object::Integer(number))
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        if self.peek()? != b'/' {
            return None;
        }
        self.at += 1;
        let raw = self.run(|byte| !is_white(byte) && !is_delimiter(byte));
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let [byte, tail @ ..] = rest {
            rest = tail;
            match (byte, tail) {
                (b'#', [high, low, tail @ ..]) => {
                    name.push(digit(*high)? << 4 | digit(*low)?);
                    rest = tail;
                }
                _ => name.push(*byte),
            }
        }
        Some(name)
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let digits = self.run(|byte| byte != b'>');
        self.at += 1;
        self.bytes.get(self.at - 1)?;
        let digits: Option<Vec<u8>> = digits.iter().filter(|byte| !is_white(**byte)).map(|byte| digit(*byte)).collect();
        // A digit that is missing at the end is 0.
        Some(digits?.chunks(2).map(|pair| pair.first().unwrap_or(&0) << 4 | pair.get(1).unwrap_or(&0)).collect())
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut open = 1usize;
        let mut text = Vec::new();
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(text);
                    }
                }
                b'\\' => {
                    text.extend(self.escape()?);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn escape(&mut self) -> Option<Option<u8>> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'0'..=b'7' => {
                let mut number = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    number = number * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                number.to_le_bytes().first().copied()
            }
            // A line that goes on.
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                None
            }
            b'\n' => None,
            other => Some(other),
        })
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Object> {
        Lexer::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn values_are_read_as_the_standard_says() {
        assert_eq!(read("(a\\(b\\)(c)\\101\\\r\nd\\n)"), Some(Object::Text(b"a(b)(c)Ad\n".to_vec())));
        assert_eq!(read("<48 656C6>"), Some(Object::Text(b"Hel`".to_vec())));
        assert_eq!(read("/A#20b"), Some(Object::Name(b"A b".to_vec())));
        assert_eq!(
            read("[1 0 R 2 % no\n-3 .5 null]"),
            Some(Object::Array(vec![
                Object::Reference(1),
                Object::Integer(2),
                Object::Integer(-3),
                Object::Real,
                Object::Null,
            ]))
        );
        let Some(Object::Dictionary(dictionary)) = read("<</A<</B 1>>/C true>>") else { panic!("it is a dictionary") };
        assert_eq!(dictionary.len(), 2);
    }

    #[test]
    fn what_is_none_is_none() {
        let deep = "[".repeat(100);
        for text in ["", "(", "(\\", "<4", "<</A 1/A 2>>", "<</A", "[1", "word", "/#zz", "<zz>", &deep] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
