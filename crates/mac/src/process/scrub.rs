//! Keeps what was fed to a tool out of what it is heard to say.

use secrecy::{ExposeSecret as _, SecretString};

use crate::Output;

const INSTEAD: &[u8] = b"<secret>";

/// The same bytes with each secret replaced.
pub(super) fn scrub(output: &[u8], secrets: &[&SecretString]) -> Output {
    let mut needles: Vec<&[u8]> = secrets
        .iter()
        .map(|secret| secret.expose_secret().as_bytes())
        .filter(|secret| !secret.is_empty())
        .collect();
    // The longest first, so that of two secrets that begin alike no rest of the longer one stays.
    needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
    let mut clean = Output::default();
    let mut rest = output;
    while !rest.is_empty() {
        match needles.iter().find(|needle| rest.starts_with(needle)) {
            Some(needle) => {
                clean.push(INSTEAD);
                rest = &rest[needle.len()..];
            }
            None => {
                let end =
                    (1..rest.len()).find(|at| needles.iter().any(|needle| rest[*at..].starts_with(needle)));
                let end = end.unwrap_or(rest.len());
                clean.push(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::scrub;

    fn scrubbed(output: &str, secrets: &[&str]) -> String {
        let secrets: Vec<SecretString> = secrets.iter().map(|secret| SecretString::from(*secret)).collect();
        scrub(output.as_bytes(), &secrets.iter().collect::<Vec<_>>())
            .text()
            .into_owned()
    }

    #[test]
    fn every_secret_goes_wherever_it_stands() {
        assert_eq!(scrubbed("orchid", &["orchid"]), "<secret>");
        assert_eq!(scrubbed("xorchidorchid y", &["orchid"]), "x<secret><secret> y");
        assert_eq!(scrubbed("ororchid", &["orchid"]), "or<secret>");
    }

    #[test]
    fn the_longer_of_two_secrets_leaves_no_rest() {
        assert_eq!(
            scrubbed("orchid-7 orchid", &["orchid", "orchid-7"]),
            "<secret> <secret>"
        );
    }

    #[test]
    fn an_empty_secret_changes_nothing() {
        assert_eq!(scrubbed("- Done!", &[""]), "- Done!");
    }
}
