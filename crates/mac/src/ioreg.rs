//! `ioreg`: the serial number and what else identifies the hardware.

use crate::text::{between, excerpt, lines};
use crate::{Call, Error, Runner, Tool};

/// The name of the chip's entry in the registry. Scripts that were tried on many models look for it.
const T2: &str = "Apple T2 Controller";

/// What identifies this Mac.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hardware {
    /// The serial number.
    pub serial_number: String,
    /// The hardware UUID.
    pub hardware_uuid: String,
    /// The model identifier, such as `Mac14,2`.
    pub model: Option<String>,
}

/// Asks for the serial number and its like. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn hardware(runner: &dyn Runner) -> Result<Hardware, Error> {
    let call = Call::fixed(Tool::Ioreg, ["-rd1", "-c", "IOPlatformExpertDevice"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Ioreg))?;
    Hardware::parse(&answer.stdout.text()).ok_or_else(|| Error::Unreadable {
        tool: Tool::Ioreg,
        exit: answer.exit,
        said: excerpt(&answer.stderr.text()),
    })
}

/// Whether this Mac has a T2 security chip. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or failed.
pub fn has_t2(runner: &dyn Runner) -> Result<bool, Error> {
    let call = Call::fixed(Tool::Ioreg, ["-rd1", "-n", T2]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Ioreg))?;
    if answer.exit.is_zero() {
        Ok(says_t2(&answer.stdout.text()))
    } else {
        Err(Error::Unreadable {
            tool: Tool::Ioreg,
            exit: answer.exit,
            said: excerpt(&answer.stderr.text()),
        })
    }
}

/// Whether the chip's entry is printed: `+-o Apple T2 Controller@14200000  <class IOUSBHostDevice, …>`.
pub fn says_t2(said: &str) -> bool {
    lines(said)
        .filter_map(|line| line.split_once("+-o "))
        .any(|(_, entry)| entry.starts_with(T2))
}

impl Hardware {
    /// Reads what the tool prints; `None` when the serial number or the UUID is missing.
    pub fn parse(said: &str) -> Option<Self> {
        Some(Self {
            serial_number: property(said, "IOPlatformSerialNumber")?,
            hardware_uuid: property(said, "IOPlatformUUID")?,
            model: property(said, "model"),
        })
    }
}

/// The text in `"key" = "text"` or, for a text that the registry holds as data, `"key" = <"text">`.
fn property(said: &str, key: &str) -> Option<String> {
    let line = lines(said).find_map(|line| {
        let line = line
            .trim_start_matches(['|', ' '])
            .strip_prefix('"')?
            .strip_prefix(key)?;
        line.strip_prefix("\" = ")
    })?;
    let value = between(line, "\"", "\"")?.trim_end_matches("\\0");
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Hardware, says_t2};

    const SAID: &str = r#"+-o J413AP  <class IOPlatformExpertDevice, id 0x100000110, registered, matched, active>
    {
      "IOPolledInterface" = "AppleARMWatchdogTimerHibernateHandler is not serializable"
      "model" = <"Mac14,2">
      "IOPlatformSerialNumber" = "C02XL0FAKE"
      "IOPlatformUUID" = "5D0D176D-E8CC-5B2E-9F1C-0A4B2C6D8E0F"
    }
"#;

    #[test]
    fn the_serial_number_is_found() {
        let hardware = Hardware::parse(SAID).expect("hardware");
        assert_eq!(hardware.serial_number, "C02XL0FAKE");
        assert_eq!(hardware.hardware_uuid, "5D0D176D-E8CC-5B2E-9F1C-0A4B2C6D8E0F");
        assert_eq!(hardware.model.as_deref(), Some("Mac14,2"));
    }

    #[test]
    fn a_half_said_serial_number_is_none() {
        assert_eq!(Hardware::parse(&SAID[..SAID.len() - 60]), None);
    }

    #[test]
    fn only_the_chips_own_entry_counts() {
        assert!(says_t2(
            "+-o Apple T2 Controller@14200000  <class IOUSBHostDevice, id 0x1000004b1>\n    {\n    }\n"
        ));
        assert!(!says_t2(""));
        assert!(!says_t2(
            "+-o Root  <class IORegistryEntry>\n  \"name\" = \"Apple T2 Controller\"\n"
        ));
    }
}
