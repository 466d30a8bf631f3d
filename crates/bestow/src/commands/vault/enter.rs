//! `bestow vault enter`

use clap::builder::PossibleValuesParser;
use trust::escrow::EscrowKind;

use crate::cli::Session;
use crate::client::{DeviceSummary, EnterOrder};
use crate::commands::vault::line::tell;
use crate::exit::{Exit, Failure};
use crate::passwords::{PasswordSource, Question};

/// Keep a Recovery Lock or firmware password of a Mac, enrolled or not; it is asked for unseen
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The Mac's serial number
    serial_number: String,
    /// What it is
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(entered_kinds()))]
    kind: String,
    /// The Mac had it before, or may still have it: up to 20 such values are kept
    #[arg(long)]
    legacy: bool,
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Read it from standard input, one line
    #[arg(long)]
    password_stdin: bool,
}

fn entered_kinds() -> Vec<&'static str> {
    let kinds = EscrowKind::ALL.into_iter();
    kinds
        .filter(|kind| kind.is_entered())
        .map(EscrowKind::word)
        .collect()
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let called = client.devices_called(&args.serial_number).await?;
    if let Some(problem) = name_in_its_place(&args.serial_number, &called) {
        return Err(Failure::usage(problem));
    }
    let source = match args.password_stdin {
        true => PasswordSource::StandardInput,
        false => PasswordSource::Prompt,
    };
    let question = Question {
        text: format!("{} of {}", args.kind, args.serial_number),
        is_new: true,
    };
    for value in source.read(&[question])? {
        let order = EnterOrder {
            value,
            legacy: args.legacy,
            reason: args.reason.as_deref(),
        };
        let answer = client
            .enter_into_vault(&args.serial_number, &args.kind, &order)
            .await?;
        tell(&answer, session)?;
    }
    Ok(Exit::Done)
}

/// What is wrong with a serial number that no Mac has, and that is the name of one. What is kept under it would be found by nobody.
fn name_in_its_place(serial_number: &str, called: &[DeviceSummary]) -> Option<String> {
    let is_one = |device: &DeviceSummary| device.serial_number.eq_ignore_ascii_case(serial_number);
    let named = called.first().filter(|_| !called.iter().any(is_one))?;
    Some(format!(
        "{serial_number} is the name of a Mac. The vault goes by serial numbers: name {}.",
        named.serial_number
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_not_taken_for_a_serial_number() {
        let mac = serde_json::json!({
            "id": "00000000-0000-4000-8000-000000000001", "name": "mac-one", "serial_number": "C02STUDIO",
        });
        let called: [DeviceSummary; 1] = [serde_json::from_value(mac).unwrap()];
        let told = name_in_its_place("mac-one", &called).unwrap();
        assert!(told.ends_with("name C02STUDIO."), "{told}");
        assert_eq!(name_in_its_place("c02studio", &called), None);
        assert_eq!(name_in_its_place("C02UNKNOWN", &[]), None);
    }
}
