//! `bestow people`: who may sign in to the console.

mod add;
mod invite;
mod list;
mod remove;
mod reset_second_factor;
mod role;

use clap::Subcommand;
use secrecy::ExposeSecret as _;

use crate::cli::Session;
use crate::client::{Answer, Client, InvitationView, PersonView};
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, note, print, print_as_it_is};

/// Say who may sign in to the console, and as what
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Args),
    Add(add::Args),
    Invite(invite::Args),
    Role(role::Args),
    ResetSecondFactor(reset_second_factor::Args),
    Remove(remove::Args),
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    match args.command {
        Command::List(args) => list::run(args, session).await,
        Command::Add(args) => add::run(args, session).await,
        Command::Invite(args) => invite::run(args, session).await,
        Command::Role(args) => role::run(args, session).await,
        Command::ResetSecondFactor(args) => reset_second_factor::run(args, session).await,
        Command::Remove(args) => remove::run(args, session).await,
    }
}

/// The person of this name.
async fn find(client: &Client, name: &str) -> Result<PersonView, Failure> {
    let mut cursor: Option<String> = None;
    loop {
        let mut query = vec![("limit", "500")];
        query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
        let page = client.people(&query).await?.value;
        let mut people = page.items.into_iter();
        if let Some(found) = people.find(|person| person.name.eq_ignore_ascii_case(name)) {
            return Ok(found);
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Err(Failure::not_found(format!(
                "Nobody signs in by the name {name:?}. `bestow people list` shows who does."
            )));
        }
    }
}

/// Shows an invitation. The link is the output, because handing it on is what was asked.
fn tell_invitation(
    answer: &Answer<InvitationView>,
    client: &Client,
    session: &Session,
) -> Result<Exit, Failure> {
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => {
            let invitation = &answer.value;
            print(&format!(
                "{}{}",
                client.address(),
                invitation.path.expose_secret()
            ))?;
            note(&format!(
                "Hand the link to that person alone. A password is chosen with it, once, until {}. It is not shown again.",
                moment(invitation.expires_at, &session.zone)
            ));
        }
    }
    Ok(Exit::Done)
}
