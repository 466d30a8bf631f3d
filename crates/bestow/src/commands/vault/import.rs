//! `bestow vault import`

use std::path::PathBuf;

use crate::cli::Session;
use crate::client::VaultImportView;
use crate::commands::table::{bad, count, read, refusal, tell_bad};
use crate::exit::{Exit, Failure};
use crate::output::{Format, note, print, print_as_it_is};

/// Keep Recovery Lock and firmware passwords of many Macs, out of a CSV table
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first line names the columns: serial_number, kind (recovery_lock or firmware_password), value, and legacy \
                        (true for a former one) where there are such."
)]
pub struct Args {
    /// The table, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only tell what would come of it
    #[arg(long)]
    dry_run: bool,
    /// Keep the lines that can be taken although others cannot
    #[arg(long)]
    skip_bad_lines: bool,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let table = read(&args.file)?;
    let mut query = Vec::new();
    query.extend(args.dry_run.then_some(("dry_run", "true")));
    query.extend(args.skip_bad_lines.then_some(("skip_bad_lines", "true")));
    let answer = client.import_into_vault(table, &query).await;
    let answer = answer.inspect_err(|error| tell_bad(error, session))?;
    let view = answer.value;
    let exit = if view.refused { Exit::Refused } else { Exit::Done };
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(exit);
    }
    if !view.bad_lines.is_empty() {
        note(&bad(&view.bad_lines));
    }
    match view.refused {
        true => note(&refusal(view.bad)),
        false => print(&summary(&view, args.dry_run))?,
    }
    Ok(exit)
}

fn summary(view: &VaultImportView, dry_run: bool) -> String {
    let values = count(view.entered, "value", "values");
    if dry_run {
        return format!(
            "{values} would be entered, {} kept already. Nothing was entered.",
            view.unchanged
        );
    }
    let then = match view.bad_lines.is_empty() {
        true => "Delete the file: what is in it is kept now.",
        false => "The lines above are kept nowhere but in the file.",
    };
    format!("{values} entered, {} kept already. {then}", view.unchanged)
}
