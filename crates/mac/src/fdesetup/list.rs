//! `fdesetup list`.

use super::{ask, unreadable};
use crate::text::lines;
use crate::{Error, Runner};

/// One FileVault user. These are not the holders of tokens: the list can be empty while FileVault is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVaultUser {
    /// The account; missing when the account is gone and its entry stayed.
    pub account: Option<String>,
    /// The `GeneratedUID`, as it stands.
    pub guid: String,
}

/// Lists the FileVault users. Run as root.
///
/// # Errors
/// When the tool could not be run to its end, or refused.
pub fn list(runner: &dyn Runner) -> Result<Vec<FileVaultUser>, Error> {
    let answer = ask(runner, ["list"])?;
    if !answer.exit.is_zero() {
        return Err(unreadable(&answer));
    }
    parse_list(&answer.stdout.text()).ok_or_else(|| unreadable(&answer))
}

/// The users in what `fdesetup list` prints: a line `name,GUID` for each. `None` when a line is none of these.
pub fn parse_list(said: &str) -> Option<Vec<FileVaultUser>> {
    lines(said)
        .map(|line| {
            let (account, guid) = line.rsplit_once(',')?;
            let account = (account != "(null)").then(|| account.to_owned());
            is_guid(guid.trim()).then(|| FileVaultUser {
                account,
                guid: guid.trim().to_owned(),
            })
        })
        .collect()
}

fn is_guid(text: &str) -> bool {
    let digits =
        |group: &str, length| group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let groups: Vec<&str> = text.split('-').collect();
    groups.len() == 5
        && groups
            .iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(group, length)| digits(group, length))
}

#[cfg(test)]
mod tests {
    use super::parse_list;

    #[test]
    fn a_name_can_hold_a_comma_and_an_account_can_be_gone() {
        let guid = "911D2742-7983-436D-9FA3-3F6B7421684B";
        let users = parse_list(&format!("a,b 🔑,{guid}\n(null),{guid}\n")).expect("two users");
        assert_eq!(users[0].account.as_deref(), Some("a,b 🔑"));
        assert_eq!(users[1].account, None);
    }

    #[test]
    fn half_a_line_is_no_user() {
        assert_eq!(parse_list("ann,911D2742-7983-436D-9FA3-3F6B742168"), None);
        assert_eq!(parse_list("").map(|users| users.len()), Some(0));
    }
}
