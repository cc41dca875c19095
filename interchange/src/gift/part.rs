//! A stretch of a file and where it lies, and searching it with escapes in mind.

/// A stretch of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    /// Its place in the file, in bytes.
    pub(super) offset: usize,
}

/// White space between signs.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

impl<'a> Part<'a> {
    /// From a byte of the stretch to its end.
    pub(super) fn from(self, start: usize) -> Self {
        Self { text: &self.text[start..], offset: self.offset + start }
    }

    /// From its beginning up to a byte.
    pub(super) fn to(self, end: usize) -> Self {
        Self { text: &self.text[..end], ..self }
    }

    pub(super) fn skip_space(self) -> Self {
        self.from(self.text.len() - self.text.trim_start_matches(SPACE).len())
    }

    pub(super) fn trim(self) -> Self {
        let start = self.skip_space();
        start.to(start.text.trim_end_matches(SPACE).len())
    }

    /// What follows a sign, if it begins the stretch.
    pub(super) fn after(self, sign: &str) -> Option<Self> {
        self.text.starts_with(sign).then(|| self.from(sign.len()))
    }

    /// Where the first of these ASCII signs stands that is not escaped.
    pub(super) fn find_any(self, signs: &[u8]) -> Option<usize> {
        self.find(|rest| signs.contains(&rest[0]))
    }

    /// Where a sign stands that is not escaped.
    pub(super) fn find_sign(self, sign: &str) -> Option<usize> {
        self.find(|rest| rest.starts_with(sign.as_bytes()))
    }

    /// The stretch cut at a sign that is not escaped: what stands before, and the rest, which begins with it.
    pub(super) fn cut(self, sign: &str) -> (Self, Option<Self>) {
        match self.find_sign(sign) {
            Some(at) => (self.to(at), Some(self.from(at))),
            None => (self, None),
        }
    }

    fn find(self, fits: impl Fn(&[u8]) -> bool) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if escaped(&bytes[at..]).is_some() {
                at += 2;
            } else if fits(&bytes[at..]) {
                return Some(at);
            } else {
                at += 1;
            }
        }
        None
    }
}

/// What an escape at the beginning stands for. A backslash before anything else is a backslash.
fn escaped(bytes: &[u8]) -> Option<char> {
    match bytes {
        [b'\\', b'n', ..] => Some('\n'),
        [b'\\', sign @ (b'\\' | b':' | b'#' | b'=' | b'{' | b'}' | b'~'), ..] => Some(char::from(*sign)),
        _ => None,
    }
}

/// A text with what its escapes stand for.
pub(super) fn unescape(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(backslash) = rest.find('\\') {
        let (before, after) = rest.split_at(backslash);
        decoded.push_str(before);
        match escaped(after.as_bytes()) {
            Some(character) => {
                decoded.push(character);
                rest = &after[2..];
            }
            None => {
                decoded.push('\\');
                rest = &after[1..];
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_hide_signs_and_are_decoded_once() {
        let part = Part { text: r"a\=b\\=c", offset: 10 };
        assert_eq!(part.find_any(b"="), Some(6));
        assert_eq!(unescape(part.text), r"a=b\=c");
        assert_eq!(unescape(r"one\ntwo \x \"), "one\ntwo \\x \\");
    }
}
