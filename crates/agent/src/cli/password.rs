//! The password of an administrator, from a person or from a program.

use std::fs::File;
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
    } else if File::open("/dev/tty").is_err() {
        bail!(
            "nobody can be asked for the password of {administrator}: there is no terminal; --password-stdin reads it from standard input"
        );
    } else {
        let prompt = format!("Password for {administrator}: ");
        let typed = rpassword::prompt_password(prompt)
            .context("ask for the administrator's password on the terminal")?;
        Zeroizing::new(typed)
    };
    let line = typed.strip_suffix('\n').unwrap_or(&typed);
    if line.is_empty() {
        bail!("the administrator's password is empty");
    }
    Ok(SecretString::from(line))
}
