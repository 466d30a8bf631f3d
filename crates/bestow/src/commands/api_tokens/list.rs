//! `bestow api-tokens list`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, print_as_it_is, print_list};

/// List the tokens of programs, without the tokens
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let query: Vec<_> = args
        .cursor
        .iter()
        .map(|cursor| ("cursor", cursor.as_str()))
        .collect();
    let answer = session.client()?.api_tokens(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let rows = answer.value.items.into_iter().map(|token| {
        let until = token.expires_at.map(|at| moment(at, &session.zone));
        [
            token.name,
            token.role,
            token
                .scopes
                .map_or_else(|| "all of it".to_owned(), |scopes| scopes.join(", ")),
            until.unwrap_or_else(|| "for good".to_owned()),
        ]
    });
    print_list(
        ["name", "role", "what of it", "valid until"],
        rows.collect(),
        answer.value.next_cursor.as_deref(),
        "No program has a token.",
    )?;
    Ok(Exit::Done)
}
