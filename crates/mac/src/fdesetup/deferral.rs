//! `fdesetup showdeferralinfo`.

use super::{ask, unreadable};
use crate::text::lines;
use crate::{Error, Runner};

/// A FileVault that will be turned on when somebody logs in or out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deferral {
    /// The accounts for which it waits; none means the next one.
    pub accounts: Vec<String>,
    /// The file into which the recovery key will be written.
    pub output_path: Option<String>,
    /// The profile that ordered it.
    pub profile_uuid: Option<String>,
    /// Whether the person will be shown the recovery key.
    pub shows_recovery_key: Option<bool>,
}

/// Asks for the deferral; `None` when there is none. Run as root.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn deferral(runner: &dyn Runner) -> Result<Option<Deferral>, Error> {
    let answer = ask(runner, ["showdeferralinfo"])?;
    let said = answer.everything_said();
    if said.trim() == "Not found." {
        return Ok(None);
    }
    Deferral::parse(&said)
        .map(Some)
        .ok_or_else(|| unreadable(&answer))
}

impl Deferral {
    /// Reads the description of a dictionary, as Apple's frameworks write one for people; `None` when it is cut off or
    /// none.
    pub fn parse(said: &str) -> Option<Self> {
        let inside = said.trim().strip_prefix('{')?.strip_suffix('}')?;
        let mut deferral = Self::default();
        let mut in_accounts = false;
        for line in lines(inside).map(str::trim) {
            if in_accounts {
                in_accounts = !line.starts_with(')');
                if in_accounts && !line.is_empty() {
                    deferral.accounts.push(unquoted(line.trim_end_matches(',')));
                }
            } else if let Some((key, value)) = line.trim_end_matches(';').split_once('=') {
                let value = value.trim();
                match key.trim() {
                    "Usernames" => in_accounts = value.starts_with('(') && !value.ends_with(')'),
                    "OutputPath" => deferral.output_path = Some(unquoted(value)),
                    "ProfileUUID" => deferral.profile_uuid = Some(unquoted(value)),
                    "ShowRecoveryKey" => deferral.shows_recovery_key = Some(value == "1"),
                    _ => {}
                }
            }
        }
        (!in_accounts).then_some(deferral)
    }
}

fn unquoted(text: &str) -> String {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.map_or_else(
        || text.to_owned(),
        |inner| inner.replace("\\\"", "\"").replace("\\\\", "\\"),
    )
}

#[cfg(test)]
mod tests {
    use super::Deferral;

    #[test]
    fn accounts_are_listed_one_a_line() {
        let said =
            "{\n    Defer = 1;\n    Usernames =     (\n        ann,\n        \"o\\\"neil\"\n    );\n}\n";
        assert_eq!(
            Deferral::parse(said).expect("a deferral").accounts,
            ["ann", "o\"neil"]
        );
        assert_eq!(Deferral::parse("{\n Usernames = (\n ann,\n}"), None);
        assert_eq!(Deferral::parse("Not found."), None);
    }
}
