//! `bestow local-administrator show`

use trust::words::prose;

use crate::cli::Session;
use crate::client::{LocalAdministratorFailure, Reference};
use crate::commands::find_device;
use crate::exit::{Exit, Failure};
use crate::output::{Format, Zone, moment, print, print_as_it_is};

/// Show whether the password of a Mac's local administrator is kept, what failed last or comes next, and every version that was
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Id, name or serial number
    device: Reference,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let device = find_device(&client, &args.device).await?.value.summary;
    let answer = client.local_administrator(device.id).await?;
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let kept = &answer.value.password;
    let mut lines = vec![kept.summary.clone()];
    lines.extend(kept.rotate_after.map(|at| {
        let at = moment(at, &session.zone);
        format!("The Mac is to have another one after {at}.")
    }));
    lines.extend(answer.value.outlook.clone());
    lines.extend(
        answer
            .value
            .failure
            .iter()
            .flat_map(|failure| failed(failure, &session.zone)),
    );
    for version in &kept.versions {
        let came = moment(version.escrowed_at, &session.zone);
        let proved = version
            .proved_at
            .map_or_else(|| "never".to_owned(), |at| moment(at, &session.zone));
        let ended = version.ended_label.as_deref().unwrap_or("current");
        let shown = match version.revealed.len() {
            0 => "shown to nobody".to_owned(),
            1 => "shown once".to_owned(),
            times => format!("shown {times} times"),
        };
        let version = version.version;
        lines.push(format!(
            "Version {version}: {came}, proved {proved}, {ended}, {shown}."
        ));
    }
    print(&lines.join("\n"))?;
    Ok(Exit::Done)
}

/// What the agent could not do, with what it saw and what to do.
fn failed(failure: &LocalAdministratorFailure, zone: &Zone) -> Vec<String> {
    let at = moment(failure.at, zone);
    let account = failure.account.as_ref().map(|name| format!(" with {name}"));
    let account = account.unwrap_or_default();
    let mut lines = vec![format!(
        "What the agent tried last{account} failed at {at}: {} ({}).",
        failure.code_title, failure.code
    )];
    let seen = failure.evidence.iter();
    lines.extend(seen.map(|one| format!("  {}: {}", one.by, one.saw)));
    for (what, text) in [
        ("Cause", &failure.cause),
        ("Fix", &failure.next_step),
        ("Bestow", &failure.bestow),
    ] {
        if !text.is_empty() {
            lines.push(format!("  {what}: {}", prose(text)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_with_what_was_seen_and_what_to_do() {
        let failure = serde_json::json!({
            "code": "local_administrator_not_made",
            "code_title": "The local administrator could not be made",
            "account": "localadmin",
            "evidence": [{ "at": 0, "by": "pwpolicy -getaccountpolicies", "saw": "nothing fits" }],
            "at": 0,
            "cause": "Too strict.",
            "next_step": "Choose another length.",
        });
        let failure: LocalAdministratorFailure = serde_json::from_value(failure).unwrap();
        let lines = failed(&failure, &Zone::utc());
        let at = moment(failure.at, &Zone::utc());
        assert_eq!(
            lines,
            [
                format!(
                    "What the agent tried last with localadmin failed at {at}: The local administrator could not be made \
                     (local_administrator_not_made)."
                ),
                "  pwpolicy -getaccountpolicies: nothing fits".to_owned(),
                "  Cause: Too strict.".to_owned(),
                "  Fix: Choose another length.".to_owned(),
            ],
            "what an older server does not tell is left out"
        );
    }
}
