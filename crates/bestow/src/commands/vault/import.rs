//! `bestow vault import`

use crate::cli::Session;
use crate::client::VaultImportView;
use crate::commands::table::{Import, count, exit, tell_bad, tell_refusal, tell_skipped};
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};

/// Keep Recovery Lock and firmware passwords of many Macs, out of a CSV table
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first line names the columns: serial_number, kind (recovery_lock or firmware_password), value, and legacy \
                        (true for a former one) where there are such."
)]
pub struct Args {
    #[command(flatten)]
    import: Import,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let import = &args.import;
    let answer = client.import_into_vault(import.table()?, &import.query()).await;
    let answer = answer.inspect_err(|error| tell_bad(error, session))?;
    let view = answer.value;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(exit(view.refused));
    }
    tell_skipped(&view.bad_lines);
    match view.refused {
        true => tell_refusal(view.bad),
        false => print(&summary(&view, import.dry_run))?,
    }
    Ok(exit(view.refused))
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
