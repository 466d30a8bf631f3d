//! The password of an administrator, from a person or from a program.

use std::io::Read as _;

use anyhow::{Context as _, bail};
use secrecy::SecretString;
use trust::name::AccountName;
use zeroize::Zeroizing;

/// The password of `administrator`: all that stands on standard input, or what a person types at the terminal, which does not show
/// it.
pub(super) fn password_of(administrator: &AccountName, from_stdin: bool) -> anyhow::Result<SecretString> {
    let typed = if from_stdin {
        let mut text = Zeroizing::new(String::new());
        std::io::stdin()
            .read_to_string(&mut text)
            .context("read the administrator's password from standard input")?;
        text
    } else {
        let prompt = format!("Password for {administrator}: ");
        Zeroizing::new(
            rpassword::prompt_password(prompt)
                .context("ask for the administrator's password; without a terminal, use --password-stdin")?,
        )
    };
    let line = typed.strip_suffix('\n').unwrap_or(&typed);
    if line.is_empty() {
        bail!("the administrator's password is empty");
    }
    Ok(SecretString::from(line))
}
