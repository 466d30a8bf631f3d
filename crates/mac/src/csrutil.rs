//! `csrutil`: System Integrity Protection.
//!
//! The words are those of transcripts that administrators have published, from 10.11 to 26.

use crate::text::{excerpt, lines};
use crate::{Call, Error, Runner, Tool};

/// What `csrutil status` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntegrityStatus {
    /// Everything is protected.
    Enabled,
    /// Nothing is.
    Disabled,
    /// Some protections were taken off. `csrutil` then says `enabled` or, from macOS 11, `unknown`.
    Custom {
        /// The protections that are off, in the tool's words.
        off: Vec<String>,
    },
    /// The tool said something else.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

/// Asks whether System Integrity Protection is on. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn status(runner: &dyn Runner) -> Result<IntegrityStatus, Error> {
    let call = Call::fixed(Tool::Csrutil, ["status"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Csrutil))?;
    Ok(IntegrityStatus::parse(&answer.everything_said()))
}

impl IntegrityStatus {
    /// Reads what the tool says. Only the first line tells the whole: `enabled` stands in the others, too.
    pub fn parse(said: &str) -> Self {
        let first = lines(said).find_map(|line| line.split_once("System Integrity Protection status: "));
        match first.map(|(_, status)| status.trim()) {
            Some("enabled.") => Self::Enabled,
            Some("disabled.") => Self::Disabled,
            Some(status) if status.ends_with("(Custom Configuration).") => Self::Custom {
                off: lines(said).filter_map(protection_off).collect(),
            },
            _ => Self::Unrecognised { text: excerpt(said) },
        }
    }
}

/// The protection in `Kext Signing: disabled`. That a Mac is not one of Apple's own is no protection taken off.
fn protection_off(line: &str) -> Option<String> {
    let (name, state) = line.trim().split_once(": ")?;
    (state == "disabled" && name != "Apple Internal").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::IntegrityStatus;

    #[test]
    fn the_whole_is_on_or_off() {
        for (word, status) in [
            ("enabled", IntegrityStatus::Enabled),
            ("disabled", IntegrityStatus::Disabled),
        ] {
            let said = format!("System Integrity Protection status: {word}.\n");
            assert_eq!(IntegrityStatus::parse(&said), status);
        }
    }

    #[test]
    fn what_was_taken_off_is_named() {
        for word in ["unknown", "enabled"] {
            let said = format!(
                "System Integrity Protection status: {word} (Custom Configuration).\n\nConfiguration:\n\
                 \tApple Internal: disabled\n\tKext Signing: enabled\n\tFilesystem Protections: disabled\n\
                 \tDebugging Restrictions: enabled\n\tNVRAM Protections: disabled\n\n\
                 This is an unsupported configuration, likely to break in the future and leave your machine in an \
                 unknown state.\n"
            );
            let off = ["Filesystem Protections", "NVRAM Protections"]
                .map(str::to_owned)
                .to_vec();
            assert_eq!(IntegrityStatus::parse(&said), IntegrityStatus::Custom { off });
        }
    }

    #[test]
    fn half_a_status_is_none() {
        for said in [
            "",
            "System Integrity Protection status: ",
            "System Integrity Protection status: enabled",
        ] {
            assert!(matches!(
                IntegrityStatus::parse(said),
                IntegrityStatus::Unrecognised { .. }
            ));
        }
    }
}
