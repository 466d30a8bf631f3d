//! A kept secret that was shown, as a command prints it.

use secrecy::ExposeSecret as _;
use trust::escrow::{EscrowKind, Showing};
use wire::offline::Export;

use crate::cli::Session;
use crate::client::{Answer, RevealView};
use crate::exit::{Exit, Failure};
use crate::output::{Format, moment, note, print, print_as_it_is};

/// Which version of a kept secret is asked for, and why.
#[derive(Debug, clap::Args)]
pub struct Asked {
    /// Why, for the audit log
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Which version [default: the current one, or the newest]
    #[arg(long, value_name = "NUMBER")]
    pub version: Option<u32>,
}

/// Prints a secret that was shown. It is the output, because showing it is what was asked.
pub(super) fn tell(answer: &Answer<RevealView>, session: &Session) -> Result<Exit, Failure> {
    if session.format == Format::Json {
        print_as_it_is(&answer.json)?;
        return Ok(Exit::Done);
    }
    let shown = &answer.value;
    let secret = shown.secret.expose_secret();
    print(secret)?;
    let showing = EscrowKind::from_word(&shown.kind).and_then(EscrowKind::showing);
    if let Some(showing) = showing {
        read_out(showing, secret);
    }
    let proved = showing.and_then(|showing| showing.proved).map(|proved| {
        let at = shown
            .proved_at
            .map_or_else(|| "never".to_owned(), |at| moment(at, &session.zone));
        format!(", {proved}: {at}")
    });
    note(&format!(
        "Version {}{}. It is not shown again without asking again.",
        shown.version,
        proved.unwrap_or_default()
    ));
    if let Some(at) = shown.rotate_after {
        let at = moment(at, &session.zone);
        note(&format!("The Mac is to have another one after {at}."));
    }
    Ok(Exit::Done)
}

/// Prints a secret that the server cannot read, as `bestow open-escrow` takes it, whatever the format; and for people what opens it.
pub(super) fn hand_over(sealed: &Answer<Export>, session: &Session) -> Result<Exit, Failure> {
    print_as_it_is(&sealed.json)?;
    if session.format == Format::Text {
        note(&format!(
            "Version {}, sealed to the offline key {}. Saved as a file, it is opened on a machine that has enough shares of that key: \
             bestow open-escrow FILE --share SHARE --share SHARE. It counts as shown.",
            sealed.value.version,
            sealed.value.secret.offline_key.fingerprint()
        ));
    }
    Ok(Exit::Done)
}

/// Prints how a secret is read out.
pub(super) fn read_out(showing: &Showing, secret: &str) {
    for (group, words) in showing.spell(secret) {
        note(&format!("  {group}  {}", words.join(", ")));
    }
}
