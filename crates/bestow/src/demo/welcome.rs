//! What a demo says when it is ready.

use macsim::scenario::Situation;
use secrecy::{ExposeSecret as _, SecretString};

use super::fleet::Fleet;
use super::folder::Folder;
use super::situations::in_words;
use crate::demo_file;
use crate::exit::Failure;
use crate::output::list;

/// Where the console is, which Macs there are, and what to try.
pub fn welcome(fleet: &Fleet, folder: &Folder, sign_in_link: &SecretString) -> Result<String, Failure> {
    let rows = fleet.devices().map(|device| {
        let situation = device.situation.parse::<Situation>();
        let accounts = device.accounts.iter().map(|account| match account.role.as_str() {
            "administrator" => format!("{} (admin)", account.name),
            _ => account.name.clone(),
        });
        let accounts: Vec<String> = accounts.collect();
        [
            device.name.clone(),
            situation.map_or_else(|_| device.situation.clone(), |known| in_words(known).to_owned()),
            accounts.join(", "),
        ]
    });
    let macs = list(["mac", "situation", "accounts"], rows);
    let (place, programs) = (
        folder.path().display().to_string(),
        folder.programs().display().to_string(),
    );
    Ok(format!(
        "\nThe console; this link signs you in once, within 15 minutes:\n  {link}\n\n{macs}\n\n\
         The accounts' throw-away passwords, the API token and all addresses:\n  {file}\n\n\
         Try, in another terminal:\n  \
         export BESTOW_DEMO={place}\n  \
         export PATH={programs}:\"$PATH\"\n  \
         bestow devices\n  \
         bestow needs-attention\n  \
         bestow grant healthy --administrator ada --target ben --demo-passwords\n  \
         bestow plan no-holder --administrator ada --target ben\n  \
         macsim show \"$BESTOW_DEMO\"/macs/healthy\n  \
         bestow enrolment-data list\n  \
         bestow bulk-grant --all --plan-only --administrator %admin% --target %username% \\\n    \
         --administrator-password-from %admin_password% --target-password-from %password%\n\n\
         Ctrl-C ends the demo{vanishes}.",
        link = sign_in_link.expose_secret(),
        place = quoted(&place),
        programs = quoted(&programs),
        file = folder.path().join(demo_file::NAME).display(),
        vanishes = if folder.is_temporary() {
            " and removes its folder"
        } else {
            ""
        },
    ))
}

/// `text` as one word of a shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    match text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_folders_are_quoted_for_the_shell() {
        assert_eq!(quoted("/tmp/demo-1"), "/tmp/demo-1");
        assert_eq!(quoted("/tmp/it's mine"), r"'/tmp/it'\''s mine'");
    }
}
