//! The administrator's password, stretched by Argon2id (RFC 9106) with the library's recommended parameters.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc},
};

/// A password's hash in PHC form.
pub struct PasswordHash(phc::PasswordHash);

impl PasswordHash {
    /// Stretches a password with a salt.
    pub fn of(password: &str, salt: &[u8; 16]) -> Self {
        Self(
            Argon2::default()
                .hash_password_with_salt(password.as_bytes(), salt)
                .expect("parameters and salt are sound"),
        )
    }

    /// Reads the PHC form; `None` if it is not one.
    pub fn read(text: &str) -> Option<Self> {
        phc::PasswordHash::new(text.trim()).ok().map(Self)
    }

    /// The PHC form.
    pub fn as_str(&self) -> String {
        self.0.to_string()
    }

    /// Whether this is the password. Takes tens of milliseconds, on purpose: call it off the async threads.
    pub fn is(&self, password: &str) -> bool {
        Argon2::default().verify_password(password.as_bytes(), &self.0).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_is_the_password() {
        let hash = PasswordHash::of("correct horse", &[7; 16]);
        let read = PasswordHash::read(&hash.as_str()).unwrap();
        assert!(read.is("correct horse"));
        assert!(!read.is("correct horse "));
        assert!(PasswordHash::read("rubbish").is_none());
    }
}
