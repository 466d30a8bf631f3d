//! Who uses the demo's Macs. The server learns it as from an administrator: by importing a table in CSV.

use macsim::scenario::Situation;
use secrecy::ExposeSecret as _;
use zeroize::Zeroizing;

use crate::client::Client;
use crate::demo_file::DemoDevice;
use crate::exit::Failure;

/// The head of the table. `admin` and `admin_password` are attributes of the organisation's own.
const HEAD: [&str; 8] = [
    "serial_number",
    "username",
    "full_name",
    "email",
    "account",
    "password",
    "admin",
    "secret.admin_password",
];

/// The longest table: what it is written to never grows, which would leave copies of passwords.
const LONGEST: usize = 1024 * 1024;

/// Who uses a Mac.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// User name in the organisation.
    pub username: &'static str,
    /// Name.
    pub full_name: &'static str,
    /// The local account that is bound, where it is not called like the user.
    pub account: Option<&'static str>,
    /// Whether the password of that account was collected.
    pub password_is_collected: bool,
}

impl Person {
    /// The record name of the person's local account.
    pub fn local_account(&self) -> &'static str {
        self.account.unwrap_or(self.username)
    }

    /// The person's e-mail address.
    pub fn email(&self) -> String {
        format!("{}@example.com", self.username)
    }
}

/// Who uses a Mac in this situation, as far as anybody knows.
pub fn person(situation: Situation) -> Option<Person> {
    let bound = |username, full_name, account| Person {
        username,
        full_name,
        account,
        password_is_collected: true,
    };
    let ben = Some("ben");
    let person = match situation {
        Situation::Healthy => bound("ben", "Ben O’Neill", None),
        Situation::NoHolder => bound("nadia.osei", "Nadia Osei", ben),
        Situation::StandardHolderOnly => bound("stella.novak", "Stella Nováková", ben),
        Situation::MacOs1012 => bound("marco.rossi", "Marco Rossi", ben),
        Situation::FileVaultOff => bound("freya.lind", "Freya Lind", ben),
        // Her account is still to be made.
        Situation::SetupAssistantOnly => Person {
            password_is_collected: false,
            ..bound("sofia", "Sofía Almeida", None)
        },
        Situation::AdeAdminSecond => bound("amir.haddad", "Amir Haddad", ben),
        Situation::DeadToken => bound("cleo", "Cleo Núñez", None),
        Situation::Hfs => bound("hana.sato", "Hana Sato", ben),
        Situation::Intel1015 => bound("ivan.petrov", "Ivan Petrov", ben),
        Situation::Offline => bound("olga.berg", "Olga Berg", ben),
        Situation::NoFullDiskAccess => bound("noor.khan", "Noor Khan", ben),
        Situation::StrictPolicy => Person {
            password_is_collected: false,
            ..bound("seth.okafor", "Seth Okafor", ben)
        },
        Situation::CoreStorage => return None,
    };
    Some(person)
}

/// What the administrator that everybody asks first is called on a Mac in this situation.
pub fn administrator(situation: Situation) -> &'static str {
    match situation {
        Situation::AdeAdminSecond => "ladmin",
        _ => "ada",
    }
}

/// Tells the server who uses these Macs.
pub async fn import(client: &Client, macs: impl Iterator<Item = &DemoDevice>) -> Result<(), Failure> {
    let mut text = Zeroizing::new(Vec::with_capacity(LONGEST));
    line(&mut text, HEAD);
    for device in macs {
        let situation = device
            .situation
            .parse::<Situation>()
            .map_err(anyhow::Error::from)?;
        let Some(person) = person(situation) else {
            continue;
        };
        let password = |account| {
            let known = device.password(account);
            known.map_or("", |password| password.expose_secret())
        };
        let collected = match person.password_is_collected {
            true => password(person.local_account()),
            false => "",
        };
        let administrator = administrator(situation);
        line(
            &mut text,
            [
                &device.serial_number,
                person.username,
                person.full_name,
                &person.email(),
                person.account.unwrap_or_default(),
                collected,
                administrator,
                password(administrator),
            ],
        );
    }
    client.import_enrolment_records(text, &[]).await?;
    Ok(())
}

/// Adds a line of cells, each in quotes, since a password may hold anything.
pub fn line<const N: usize>(text: &mut Vec<u8>, cells: [&str; N]) {
    for (column, cell) in cells.iter().enumerate() {
        text.extend_from_slice(if column == 0 { b"\"" } else { b",\"" });
        for byte in cell.bytes() {
            text.extend(std::iter::repeat_n(byte, if byte == b'"' { 2 } else { 1 }));
        }
        text.push(b'"');
    }
    text.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_hold_anything() {
        let mut text = Vec::new();
        line(&mut text, ["a", "", "say \"hi\", 50%; Ö"]);
        line(&mut text, ["b"]);
        assert_eq!(
            String::from_utf8(text).unwrap(),
            "\"a\",\"\",\"say \"\"hi\"\", 50%; Ö\"\r\n\"b\"\r\n"
        );
    }

    #[test]
    fn whoever_has_an_account_is_bound_to_one_that_the_mac_has() {
        let now = macsim::model::clock::UnixMillis(1_700_000_000_000);
        for situation in Situation::all() {
            let mac = situation.mac(7, now);
            assert!(mac.account(administrator(situation)).is_some(), "{situation:?}");
            let Some(person) = person(situation) else { continue };
            let has_account = mac.account(person.local_account()).is_some();
            assert_eq!(has_account, person.username != "sofia", "{situation:?}");
            assert!(has_account || !person.password_is_collected);
        }
    }
}
