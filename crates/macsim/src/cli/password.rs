//! Passwords for the command itself: by pipe or at a prompt, never as an argument.

use std::io::BufRead;

use super::Problem;
use crate::front::ask_password;

#[derive(clap::Args)]
pub(super) struct Typed {
    /// Read the password from the first line of standard input instead of asking for it.
    #[arg(long)]
    password_stdin: bool,
}

impl Typed {
    pub(super) fn password(&self, prompt: &str) -> Result<String, Problem> {
        if self.password_stdin {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            return Ok(line.strip_suffix('\n').unwrap_or(&line).to_owned());
        }
        ask_password(prompt).ok_or_else(|| "there is no terminal to ask at; use --password-stdin".into())
    }
}
