//! Codes of an app: six digits, another one each half minute, by SHA-1 as every app makes them.

use secrecy::{ExposeSecret as _, SecretString};
use totp_rs::{Builder, Secret, Totp};
use trust::access::PersonName;
use trust::time::Timestamp;
use zeroize::Zeroizing;

use crate::entropy::Entropy;

/// Who makes the account that an app shows.
const ISSUER: &str = "Bestow";

/// A fresh secret of 160 bits, in base32 as people type it.
pub(super) fn fresh(entropy: &Entropy) -> SecretString {
    let bytes: Zeroizing<[u8; 20]> = Zeroizing::new(entropy.bytes());
    SecretString::from(Secret::new_stack(*bytes).to_base32())
}

/// The time step of the code that was typed, when it is the one of now, or of half a minute before or after.
pub(super) fn step_of(secret: &SecretString, typed: &str, now: Timestamp) -> Option<u64> {
    let seconds = u64::try_from(now.as_millis() / 1000).ok()?;
    totp(secret)?.check(typed, seconds)
}

fn totp(secret: &SecretString) -> Option<Totp> {
    let secret = Secret::try_from_base32(secret.expose_secret()).ok()?;
    Builder::new().with_secret(secret).build().ok()
}

/// What an app reads from a QR code.
pub(super) fn address(secret: &SecretString, name: &PersonName) -> SecretString {
    let name = name.as_str().replace('@', "%40").replace('+', "%2B");
    SecretString::from(format!(
        "otpauth://totp/{ISSUER}:{name}?secret={}&issuer={ISSUER}",
        secret.expose_secret()
    ))
}

/// The code that an app shows then.
#[cfg(test)]
pub(crate) fn code_at(secret: &SecretString, now: Timestamp) -> String {
    let seconds = u64::try_from(now.as_millis() / 1000).unwrap();
    totp(secret).unwrap().generate(seconds).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::SeededRng;

    /// The secret of RFC 6238, appendix B, of which six digits are asked here.
    fn secret_of_the_rfc() -> SecretString {
        SecretString::from(Secret::new_stack(*b"12345678901234567890").to_base32())
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let at = Timestamp(seconds * 1000);
            let step = u64::try_from(seconds / 30).unwrap();
            assert_eq!(step_of(&secret_of_the_rfc(), code, at), Some(step), "{seconds}");
            let later = Timestamp((seconds + 30) * 1000);
            assert_eq!(
                step_of(&secret_of_the_rfc(), code, later),
                Some(step),
                "{seconds}"
            );
            let too_late = Timestamp((seconds + 90) * 1000);
            assert_eq!(step_of(&secret_of_the_rfc(), code, too_late), None, "{seconds}");
        }
    }

    #[test]
    fn what_is_no_code_is_none() {
        for typed in ["", "28708", "2870822", "28708a", "２８７０８２"] {
            assert_eq!(
                step_of(&secret_of_the_rfc(), typed, Timestamp(59_000)),
                None,
                "{typed}"
            );
        }
    }

    #[test]
    fn an_app_reads_whose_it_is_and_the_secret() {
        let secret = fresh(&Entropy::from_rng(SeededRng::new(1)));
        assert_eq!(secret.expose_secret().len(), 32);
        let name = "grace+x@example.org".parse().unwrap();
        let address = address(&secret, &name);
        let expected = format!(
            "otpauth://totp/Bestow:grace%2Bx%40example.org?secret={}&issuer=Bestow",
            secret.expose_secret()
        );
        assert_eq!(address.expose_secret(), expected);
    }
}
