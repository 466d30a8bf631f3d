//! The bytes on the socket: a version, two lengths, the account and its password, and then nothing more.
//!
//! ```text
//! 01 | length of the account, 2 bytes | length of the password, 2 bytes | account | password
//! ```
//!
//! Lengths are big-endian counts of bytes; the texts are UTF-8. The agent answers by closing the connection, once it has
//! the login; whatever else it may send means the same.

use zeroize::Zeroizing;

/// The version of this format.
const VERSION: u8 = 1;

/// Bytes before the texts.
pub const HEADER: usize = 5;

/// The longest account name, in bytes. macOS takes none above 244.
pub const LONGEST_ACCOUNT: usize = 255;

/// The longest password, in bytes. Apple's tools take none above 1023, so a longer one could not be used.
pub const LONGEST_PASSWORD: usize = 1023;

/// The longest message, in bytes.
pub const LONGEST: usize = HEADER + LONGEST_ACCOUNT + LONGEST_PASSWORD;

/// Room for a message. It is wiped when it is dropped; it should not be moved while it holds something, since a move
/// leaves the old place as it was.
pub type Buffer = Zeroizing<[u8; LONGEST]>;

/// Somebody has logged in. There is no `Debug`: it would show the password.
pub struct Login<'a> {
    /// Record name of the account.
    pub account: &'a str,
    /// The password that macOS has accepted.
    pub password: &'a str,
}

/// Why something is no message. The text quotes nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The other side is newer or older.
    #[error("version {0} of the login message is not known")]
    Version(u8),
    /// A length is zero or above the limit.
    #[error("account or password is empty or too long")]
    Length,
    /// A text is not UTF-8.
    #[error("account or password is not text")]
    NotText,
}

/// How long the two texts behind a header are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths {
    account: usize,
    password: usize,
}

impl Lengths {
    /// Reads a header.
    ///
    /// # Errors
    /// When the version is another, or a length is out of bounds.
    pub fn read(header: [u8; HEADER]) -> Result<Self, Malformed> {
        let [version, account_high, account_low, password_high, password_low] = header;
        if version != VERSION {
            return Err(Malformed::Version(version));
        }
        Self::of(
            u16::from_be_bytes([account_high, account_low]).into(),
            u16::from_be_bytes([password_high, password_low]).into(),
        )
    }

    fn of(account: usize, password: usize) -> Result<Self, Malformed> {
        let fits = (1..=LONGEST_ACCOUNT).contains(&account) && (1..=LONGEST_PASSWORD).contains(&password);
        fits.then_some(Self { account, password })
            .ok_or(Malformed::Length)
    }

    /// How many bytes follow the header: never more than a [`Buffer`] has room for.
    pub fn body(self) -> usize {
        self.account + self.password
    }

    /// Reads the texts.
    ///
    /// # Errors
    /// When `body` has another length than [`body`](Self::body) says, or is not text.
    pub fn login(self, body: &[u8]) -> Result<Login<'_>, Malformed> {
        let (account, password) = body.split_at_checked(self.account).ok_or(Malformed::Length)?;
        if password.len() != self.password {
            return Err(Malformed::Length);
        }
        Ok(Login {
            account: str::from_utf8(account).map_err(|_| Malformed::NotText)?,
            password: str::from_utf8(password).map_err(|_| Malformed::NotText)?,
        })
    }
}

/// Writes the message of a login into `buffer` and gives the part of it that is used.
///
/// # Errors
/// When a text is empty, too long or not UTF-8.
pub fn write<'a>(buffer: &'a mut Buffer, account: &[u8], password: &[u8]) -> Result<&'a [u8], Malformed> {
    let lengths = Lengths::of(account.len(), password.len())?;
    if str::from_utf8(account).is_err() || str::from_utf8(password).is_err() {
        return Err(Malformed::NotText);
    }
    let header = header(lengths)?;
    let message = buffer
        .get_mut(..HEADER + lengths.body())
        .ok_or(Malformed::Length)?;
    let parts = header.iter().chain(account).chain(password);
    for (place, byte) in message.iter_mut().zip(parts) {
        *place = *byte;
    }
    Ok(message)
}

fn header(lengths: Lengths) -> Result<[u8; HEADER], Malformed> {
    let short = |length| u16::try_from(length).map(u16::to_be_bytes);
    let [account_high, account_low] = short(lengths.account).map_err(|_| Malformed::Length)?;
    let [password_high, password_low] = short(lengths.password).map_err(|_| Malformed::Length)?;
    Ok([VERSION, account_high, account_low, password_high, password_low])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn empty() -> Buffer {
        Zeroizing::new([0; LONGEST])
    }

    fn read_back(message: &[u8]) -> Result<(String, String), Malformed> {
        let (header, body) = message.split_first_chunk().ok_or(Malformed::Length)?;
        let login = Lengths::read(*header)?.login(body)?;
        Ok((login.account.to_owned(), login.password.to_owned()))
    }

    #[test]
    fn the_format_is_fixed() {
        let mut buffer = empty();
        let message = write(&mut buffer, b"ada", "\u{1f511}x".as_bytes()).unwrap();
        assert_eq!(message, b"\x01\x00\x03\x00\x05ada\xf0\x9f\x94\x91x");
    }

    #[test]
    fn what_is_empty_too_long_or_no_text_is_not_written() {
        let long = [b'x'; LONGEST];
        for (account, password, why) in [
            (&b""[..], &b"secret"[..], Malformed::Length),
            (b"ada", b"", Malformed::Length),
            (&long[..=LONGEST_ACCOUNT], b"secret", Malformed::Length),
            (b"ada", &long[..=LONGEST_PASSWORD], Malformed::Length),
            (b"ada", b"\xff", Malformed::NotText),
            (b"\xff", b"secret", Malformed::NotText),
        ] {
            assert_eq!(write(&mut empty(), account, password), Err(why));
        }
    }

    #[test]
    fn the_longest_login_fits() {
        let (account, password) = ("a".repeat(LONGEST_ACCOUNT), "p".repeat(LONGEST_PASSWORD));
        let mut buffer = empty();
        let message = write(&mut buffer, account.as_bytes(), password.as_bytes()).unwrap();
        assert_eq!(message.len(), LONGEST);
        assert_eq!(read_back(message), Ok((account, password)));
    }

    #[test]
    fn another_version_is_told() {
        assert_eq!(Lengths::read([2, 0, 1, 0, 1]), Err(Malformed::Version(2)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(account in ".{1,60}", password in ".{1,200}") {
            let mut buffer = empty();
            let message = write(&mut buffer, account.as_bytes(), password.as_bytes()).unwrap();
            prop_assert_eq!(read_back(message), Ok((account, password)));
        }

        #[test]
        fn no_bytes_bring_the_reader_out_of_bounds(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            if let Some((header, body)) = bytes.split_first_chunk()
                && let Ok(lengths) = Lengths::read(*header)
            {
                prop_assert!(lengths.body() <= LONGEST - HEADER);
                let _ = lengths.login(body);
            }
        }
    }
}
