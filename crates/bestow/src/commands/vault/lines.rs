//! `bestow vault lines`

use crate::cli::Session;
use crate::client::VaultLineView;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, moment, print_as_it_is, print_list};

/// List what the vault keeps, by serial number
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only what is kept of Macs that are gone: forgotten, or under another serial number now
    #[arg(long)]
    without_device: bool,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Where to go on: the cursor that the page before ended with
    #[arg(long)]
    cursor: Option<String>,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let limit = args.limit.to_string();
    let mut query = vec![("limit", limit.as_str())];
    query.extend(args.without_device.then_some(("without_device", "true")));
    query.extend(args.cursor.as_deref().map(|cursor| ("cursor", cursor)));
    let answer = session.client()?.vault_lines(&query).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let header = [
        "serial",
        "was called",
        "kept",
        "versions",
        "forgotten",
        "kept until",
    ];
    let lines = answer.value.items.iter();
    let rows = lines.map(|line| row(line, &session.zone)).collect();
    let empty = if args.without_device {
        "Everything that is kept is of a Mac that is there."
    } else {
        "The vault keeps nothing yet."
    };
    print_list(header, rows, answer.value.next_cursor.as_deref(), empty)?;
    Ok(Exit::Done)
}

fn row(line: &VaultLineView, zone: &Zone) -> [String; 6] {
    let versions = match line.versions_destroyed {
        0 => line.versions_kept.to_string(),
        destroyed => format!("{} ({destroyed} destroyed)", line.versions_kept),
    };
    [
        line.serial_number.clone(),
        line.device_name.clone().unwrap_or_default(),
        line.kind.clone(),
        versions,
        line.forgotten_at.map_or_else(String::new, |at| moment(at, zone)),
        until(line, zone),
    ]
}

/// Until when a line is kept.
pub(super) fn until(line: &VaultLineView, zone: &Zone) -> String {
    match (line.kept_until, line.held_since, line.versions_kept) {
        (Some(at), _, _) => moment(at, zone),
        (None, _, 0) if line.versions_destroyed == 0 => "nothing was kept".to_owned(),
        (None, _, 0) => "nothing is left".to_owned(),
        (None, Some(_), _) => "legal hold".to_owned(),
        (None, None, _) => "for good".to_owned(),
    }
}
