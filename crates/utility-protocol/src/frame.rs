//! The bytes of one message: a version, two lengths, a text, and a password where the message brings one.
//!
//! ```text
//! 01 | length of the text, 4 bytes | length of the password, 2 bytes | text | password
//! ```
//!
//! Lengths are big-endian counts of bytes. The text is JSON; the password stands beside it, so that no parser copies it.

use zeroize::Zeroizing;

/// The version of this format.
const VERSION: u8 = 1;

/// Bytes before the text.
pub const HEADER: usize = 7;

/// The longest text of a request, in bytes: an account's name with every byte escaped fits.
pub const LONGEST_REQUEST: usize = 2_048;

/// The longest text of an answer, in bytes: thousands of accounts fit.
pub const LONGEST_ANSWER: usize = 1 << 20;

/// The longest password, in bytes. Apple's tools take none above 1023, so a longer one could not be used.
pub const LONGEST_PASSWORD: usize = 1_023;

/// Why something is no message. The text quotes nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The other side is newer or older.
    #[error("version {0} of the app's messages is not known")]
    Version(u8),
    /// A length is out of bounds.
    #[error("a message, or the password in it, is empty or too long")]
    Length,
    /// It is not what the other side says.
    #[error("a message says what nobody asked for")]
    Text,
}

/// How long the parts behind a header are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths {
    text: usize,
    password: usize,
}

impl Lengths {
    /// Reads the header of a request.
    ///
    /// # Errors
    /// When the version is another, or a length is out of bounds.
    pub fn of_request(header: [u8; HEADER]) -> Result<Self, Malformed> {
        Self::read(header, LONGEST_REQUEST, LONGEST_PASSWORD)
    }

    /// Reads the header of an answer. An answer brings no password.
    ///
    /// # Errors
    /// When the version is another, or a length is out of bounds.
    pub fn of_answer(header: [u8; HEADER]) -> Result<Self, Malformed> {
        Self::read(header, LONGEST_ANSWER, 0)
    }

    fn read(header: [u8; HEADER], longest_text: usize, longest_password: usize) -> Result<Self, Malformed> {
        let [version, a, b, c, d, e, f] = header;
        if version != VERSION {
            return Err(Malformed::Version(version));
        }
        let text = usize::try_from(u32::from_be_bytes([a, b, c, d])).map_err(|_| Malformed::Length)?;
        let password = usize::from(u16::from_be_bytes([e, f]));
        if text == 0 || text > longest_text || password > longest_password {
            return Err(Malformed::Length);
        }
        Ok(Self { text, password })
    }

    /// How many bytes follow the header.
    pub fn body(self) -> usize {
        self.text + self.password
    }

    /// The text and the password in a body.
    ///
    /// # Errors
    /// When the body has another length than [`body`](Self::body) says.
    pub fn parts(self, body: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
        let (text, password) = body.split_at_checked(self.text).ok_or(Malformed::Length)?;
        (password.len() == self.password)
            .then_some((text, password))
            .ok_or(Malformed::Length)
    }
}

/// The message of these parts, in memory that is wiped.
///
/// # Errors
/// When a part is longer than a message can have.
pub fn write(text: &[u8], password: &[u8]) -> Result<Zeroizing<Vec<u8>>, Malformed> {
    let text_length = u32::try_from(text.len()).map_err(|_| Malformed::Length)?;
    let password_length = u16::try_from(password.len()).map_err(|_| Malformed::Length)?;
    if text.len() > LONGEST_ANSWER || password.len() > LONGEST_PASSWORD {
        return Err(Malformed::Length);
    }
    // All the room at once: a buffer that grows leaves what it held behind.
    let mut message = Zeroizing::new(Vec::with_capacity(HEADER + text.len() + password.len()));
    message.push(VERSION);
    message.extend(text_length.to_be_bytes());
    message.extend(password_length.to_be_bytes());
    message.extend(text);
    message.extend(password);
    Ok(message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_format_is_fixed() {
        let message = write(b"{}", "\u{1f511}x".as_bytes()).unwrap();
        assert_eq!(&message[..], b"\x01\x00\x00\x00\x02\x00\x05{}\xf0\x9f\x94\x91x");
    }

    #[test]
    fn lengths_out_of_bounds_and_other_versions_are_told() {
        for (header, why) in [
            ([2, 0, 0, 0, 1, 0, 0], Malformed::Version(2)),
            ([1, 0, 0, 0, 0, 0, 1], Malformed::Length),
            ([1, 0, 0, 8, 1, 0, 0], Malformed::Length),
            ([1, 255, 255, 255, 255, 0, 0], Malformed::Length),
            ([1, 0, 0, 0, 1, 4, 0], Malformed::Length),
        ] {
            assert_eq!(Lengths::of_request(header), Err(why), "{header:?}");
        }
        assert_eq!(
            Lengths::of_answer([1, 0, 0, 0, 1, 0, 1]),
            Err(Malformed::Length),
            "an answer brings no password"
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[ -~]{1,200}", password in ".{0,200}") {
            let message = write(text.as_bytes(), password.as_bytes()).unwrap();
            let (header, body) = message.split_first_chunk().unwrap();
            let lengths = Lengths::of_request(*header).unwrap();
            prop_assert_eq!(lengths.body(), body.len());
            prop_assert_eq!(lengths.parts(body).unwrap(), (text.as_bytes(), password.as_bytes()));
        }

        #[test]
        fn no_bytes_bring_the_reader_out_of_bounds(bytes in proptest::collection::vec(any::<u8>(), 0..4_000)) {
            if let Some((header, body)) = bytes.split_first_chunk()
                && let Ok(lengths) = Lengths::of_request(*header)
            {
                prop_assert!(lengths.body() <= LONGEST_REQUEST + LONGEST_PASSWORD);
                let _ = lengths.parts(body);
            }
        }
    }
}
