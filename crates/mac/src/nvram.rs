//! `nvram`: what an Intel Mac with a T2 chip lets start.

use crate::text::excerpt;
use crate::{Answer, Call, Error, Runner, Tool};

/// Apple's variable for it. Several inventories of fleets read it; the meaning of its values is Apple's, from the header
/// of the firmware's verification (0 disabled, 1 medium, 2 full).
const SECURE_BOOT_POLICY: &str = "94b73556-2197-4702-82a8-3e1337dafbfb:AppleSecureBootPolicy";

/// What may start on a Mac with a T2. Startup Security Utility offers the same three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecureBootPolicy {
    /// Full Security: only the newest system that Apple signs.
    Full,
    /// Medium Security: any system that Apple has signed.
    Medium,
    /// No Security: anything.
    Off,
    /// There is no such variable.
    Missing,
    /// The tool said something else.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

/// Asks what may start. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn secure_boot_policy(runner: &dyn Runner) -> Result<SecureBootPolicy, Error> {
    let call = Call::fixed(Tool::Nvram, [SECURE_BOOT_POLICY]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Nvram))?;
    Ok(SecureBootPolicy::from(&answer))
}

impl From<&Answer> for SecureBootPolicy {
    /// Reads the variable's name, a tab and its one byte: `…:AppleSecureBootPolicy\t%02`.
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        let value = answer.stdout.text();
        let value = value.trim_end().split_once(":AppleSecureBootPolicy\t");
        match value.map(|(_, value)| value) {
            Some("%02") => Self::Full,
            Some("%01") => Self::Medium,
            Some("%00") => Self::Off,
            None if said.contains("data was not found") => Self::Missing,
            _ => Self::Unrecognised { text: excerpt(&said) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SECURE_BOOT_POLICY, SecureBootPolicy};
    use crate::{Answer, Exit};

    #[test]
    fn the_byte_is_read_and_nothing_else() {
        let policy = |value: &str| {
            let said = format!("{SECURE_BOOT_POLICY}\t{value}\n");
            SecureBootPolicy::from(&Answer::new(Exit::Code(0), said, ""))
        };
        assert_eq!(policy("%02"), SecureBootPolicy::Full);
        assert_eq!(policy("%01"), SecureBootPolicy::Medium);
        assert_eq!(policy("%00"), SecureBootPolicy::Off);
        for value in ["", "%0", "%03", "%02%00"] {
            assert!(
                matches!(policy(value), SecureBootPolicy::Unrecognised { .. }),
                "{value:?}"
            );
        }
    }

    #[test]
    fn a_mac_without_the_variable_says_so() {
        let said = format!(
            "nvram: Error getting variable - '{SECURE_BOOT_POLICY}': (iokit/common) data was not found\n"
        );
        let answer = Answer::new(Exit::Code(1), "", said);
        assert_eq!(SecureBootPolicy::from(&answer), SecureBootPolicy::Missing);
    }
}
