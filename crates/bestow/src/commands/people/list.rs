//! `bestow people list`

use crate::cli::Session;
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, print_as_it_is, print_list};

/// List who may sign in
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
    let answer = session.client()?.people(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let people = answer.value.items.into_iter();
    let rows = people.map(|person| {
        let password = if person.has_password {
            "chosen"
        } else {
            "not chosen yet"
        };
        let added = moment(person.created_at, &session.zone);
        let second = if person.has_second_factor {
            "set up"
        } else {
            "none"
        };
        let [password, second] = [password, second].map(str::to_owned);
        [person.name, person.role, password, second, added]
    });
    print_list(
        ["name", "role", "password", "second factor", "added"],
        rows.collect(),
        answer.value.next_cursor.as_deref(),
        "Nobody signs in by a name yet. 'bestow people add' invites somebody.",
    )?;
    Ok(Exit::Done)
}
