//! `bestow explain`: the catalogue of codes, without a server.

use std::ffi::OsStr;

use anyhow::Context as _;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use trust::code::Code;
use trust::words::prose;

use crate::cli::Session;
use crate::client::CodeEntry;
use crate::exit::{Exit, Failure};
use crate::output::{Format, facts, list, print, print_as_it_is};

/// Explain a code: cause, fix and what Bestow does; works without a server
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code, such as chain_broken; without one, all are listed
    #[arg(value_parser = CodeWord, hide_possible_values = true)]
    code: Option<String>,
}

/// Takes any word, so that a wrong one is answered with those like it, and lets shells complete the right ones.
#[derive(Debug, Clone)]
struct CodeWord;

impl TypedValueParser for CodeWord {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        option: Option<&clap::Arg>,
        word: &OsStr,
    ) -> Result<String, clap::Error> {
        // People write words with hyphens as often as with underscores.
        let word = StringValueParser::new().parse_ref(command, option, word)?;
        Ok(word.trim().to_lowercase().replace(['-', ' '], "_"))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            Code::ALL.iter().map(|code| PossibleValue::new(code.word())),
        ))
    }
}

/// Runs the command.
pub fn run(args: &Args, session: &Session) -> Result<Exit, Failure> {
    match &args.code {
        Some(word) => explain(word, session.format)?,
        None => list_all(session.format)?,
    }
    Ok(Exit::Done)
}

fn explain(word: &str, format: Format) -> Result<(), Failure> {
    let code = Code::from_word(word).ok_or_else(|| unknown(word))?;
    let entry = CodeEntry::from(code);
    if format == Format::Json {
        return print_as_it_is(&json(&entry)?);
    }
    let title = match entry.heading {
        Some(heading) => format!("{heading}: {}", entry.title),
        None => entry.title.to_owned(),
    };
    let table = facts([
        ("Code", entry.code.to_owned()),
        ("Kind", entry.kind.to_owned()),
        ("Cause", prose(entry.cause)),
        ("Fix", prose(entry.fix)),
        ("Bestow", prose(entry.bestow)),
    ]);
    print(&format!("{title}\n{table}"))
}

fn list_all(format: Format) -> Result<(), Failure> {
    let entries: Vec<CodeEntry> = Code::ALL.iter().map(|&code| code.into()).collect();
    if format == Format::Json {
        return print_as_it_is(&json(&serde_json::json!({ "items": entries }))?);
    }
    let rows = entries
        .iter()
        .map(|entry| [entry.code, entry.kind, entry.title].map(str::to_owned));
    print(&list(["code", "kind", "title"], rows))
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string(value).context("write JSON")?)
}

fn unknown(word: &str) -> Failure {
    let parts: Vec<&str> = word.split('_').filter(|part| part.len() > 2).collect();
    let is_like = |code: &&Code| parts.iter().any(|part| code.word().contains(part));
    let alike: Vec<&str> = Code::ALL.iter().filter(is_like).map(|code| code.word()).collect();
    let hint = match alike.is_empty() {
        true => "`bestow explain` lists all.".to_owned(),
        false => format!("Perhaps you mean {}.", alike.join(" or ")),
    };
    Failure::usage(format!("There is no code {word:?} in this version. {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_nearly_right_gets_a_hint() {
        assert!(unknown("chain_brocken").to_string().contains("chain_broken"));
        assert!(unknown("zzz").to_string().contains("lists all"));
    }
}
