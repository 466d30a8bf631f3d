//! Passwords come from a prompt that does not echo, or from standard input. Never from an argument or the
//! environment, where other people on this computer could read them.

use std::fs::File;
use std::io::{self, Read};

use anyhow::Context as _;
use secrecy::{ExposeSecret as _, SecretString};
use wire::seal::LONGEST_SECRET;
use zeroize::Zeroizing;

use crate::exit::Failure;

/// Where passwords come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordSource {
    /// Asked for on the terminal, one after the other.
    Prompt,
    /// One per line of standard input, in the order in which they would be asked for.
    StandardInput,
}

/// One password that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Whose it is, for people.
    pub text: String,
    /// Whether it is given for the first time: on the terminal it is typed twice.
    pub is_new: bool,
}

impl PasswordSource {
    /// Reads one password for each of `questions`, in their order.
    pub fn read(self, questions: &[Question]) -> Result<Vec<SecretString>, Failure> {
        match self {
            Self::Prompt if !questions.is_empty() && !has_terminal() => Err(Failure::usage(format!(
                "Nobody can be asked: there is no terminal. Use `--password-stdin`, such as `--password-stdin < FILE`: it reads \
                 {} from standard input. Nothing was sent.",
                lines_for(questions)
            ))),
            Self::Prompt => questions.iter().map(prompt).collect(),
            Self::StandardInput => {
                let lines = read_lines(&mut io::stdin().lock(), questions.len())?;
                if lines.len() < questions.len() {
                    return Err(Failure::usage(format!(
                        "--password-stdin wants {}. There were {}.",
                        lines_for(questions),
                        lines.len()
                    )));
                }
                Ok(lines)
            }
        }
    }
}

/// How many lines answer these questions, and which is for what.
fn lines_for(questions: &[Question]) -> String {
    let texts: Vec<&str> = questions.iter().map(|question| question.text.as_str()).collect();
    match texts.as_slice() {
        [text] => format!("1 line ({text})"),
        texts => format!("{} lines ({})", texts.len(), texts.join("; ")),
    }
}

/// Whether the process has a terminal, wherever its standard input leads: prompts go to that terminal alone.
fn has_terminal() -> bool {
    !cfg!(unix) || File::open("/dev/tty").is_ok()
}

fn prompt(question: &Question) -> Result<SecretString, Failure> {
    let password = type_unseen(&question.text)?;
    if question.is_new {
        let again = type_unseen(&format!("{}, again", question.text))?;
        if again.expose_secret() != password.expose_secret() {
            return Err(Failure::usage("The two passwords differ. Nothing was sent."));
        }
    }
    Ok(password)
}

fn type_unseen(question: &str) -> Result<SecretString, Failure> {
    let typed =
        rpassword::prompt_password(format!("{question}: ")).context("ask for a password on the terminal")?;
    checked(&Zeroizing::new(typed))
}

/// Up to `count` lines of `input`. Reads byte by byte into memory that is wiped and never moved, and leaves what comes
/// after the lines unread.
fn read_lines(input: &mut impl Read, count: usize) -> Result<Vec<SecretString>, Failure> {
    let mut lines = Vec::with_capacity(count);
    for _ in 0..count {
        let mut line = Zeroizing::new(Vec::with_capacity(LONGEST_SECRET + 1));
        let ended = read_line(input, &mut line)?;
        if line.is_empty() && !ended {
            break;
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        let text = std::str::from_utf8(&line)
            .map_err(|_| Failure::usage("A password on standard input is not UTF-8 text."))?;
        lines.push(checked(text)?);
    }
    Ok(lines)
}

/// Reads up to a line break; answers whether there was one.
fn read_line(input: &mut impl Read, line: &mut Vec<u8>) -> Result<bool, Failure> {
    let mut byte = Zeroizing::new([0; 1]);
    loop {
        match input.read(&mut *byte) {
            Ok(0) => return Ok(false),
            Ok(_) if byte[0] == b'\n' => return Ok(true),
            Ok(_) if line.len() == line.capacity() => return Err(too_long()),
            Ok(_) => line.push(byte[0]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(anyhow::Error::new(error).context("read standard input").into()),
        }
    }
}

fn checked(text: &str) -> Result<SecretString, Failure> {
    if text.is_empty() {
        return Err(Failure::usage(
            "A password is empty. Nothing is done with an empty password.",
        ));
    }
    if text.len() > LONGEST_SECRET {
        return Err(too_long());
    }
    Ok(SecretString::from(text))
}

fn too_long() -> Failure {
    Failure::usage(format!("A password has at most {LONGEST_SECRET} bytes."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8], count: usize) -> Result<Vec<String>, String> {
        let lines = read_lines(&mut &input[..], count).map_err(|failure| failure.to_string())?;
        Ok(lines.iter().map(|line| line.expose_secret().to_owned()).collect())
    }

    #[test]
    fn each_line_is_a_password_as_it_stands() {
        let taken = lines(b" first \r\nsecond # not a comment\nthird\n", 2).unwrap();
        assert_eq!(taken, [" first ", "second # not a comment"]);
    }

    #[test]
    fn the_last_line_needs_no_line_break() {
        assert_eq!(lines(b"one\ntwo", 2).unwrap(), ["one", "two"]);
        assert_eq!(lines(b"one\n", 2).unwrap(), ["one"]);
    }

    #[test]
    fn what_follows_is_left_alone() {
        let mut input = &b"one\nrest"[..];
        read_lines(&mut input, 1).unwrap();
        assert_eq!(input, b"rest");
    }

    #[test]
    fn what_cannot_be_a_password_is_refused_without_repeating_it() {
        assert!(lines(b"\n", 1).unwrap_err().contains("empty"));
        assert!(lines(b"caf\xe9\n", 1).unwrap_err().contains("UTF-8"));
        let long = [b"x".repeat(LONGEST_SECRET + 2), b"\n".to_vec()].concat();
        let refusal = lines(&long, 1).unwrap_err();
        assert!(
            refusal.contains("at most") && !refusal.contains("xx"),
            "{refusal}"
        );
    }

    #[test]
    fn who_gives_lines_is_told_how_many_and_what_for() {
        let question = |text: &str| Question {
            text: text.to_owned(),
            is_new: false,
        };
        let (ada, ben) = (question("Password of ada"), question("Password of ben"));
        assert_eq!(lines_for(std::slice::from_ref(&ada)), "1 line (Password of ada)");
        assert_eq!(
            lines_for(&[ada, ben]),
            "2 lines (Password of ada; Password of ben)"
        );
    }

    #[test]
    fn the_longest_password_passes() {
        let long = "x".repeat(LONGEST_SECRET);
        assert_eq!(lines(format!("{long}\n").as_bytes(), 1).unwrap(), [long]);
    }
}
