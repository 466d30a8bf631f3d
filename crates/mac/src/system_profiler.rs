//! `system_profiler`: the hardware in words for people.

use std::time::Duration;

use serde::Deserialize;

use crate::text::excerpt;
use crate::{Call, Error, Runner, Tool};

/// It can take long on a Mac that has just started.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The hardware in words for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct HardwareOverview {
    /// The chip of Apple silicon, such as `Apple M2`.
    pub chip_type: Option<String>,
    /// The processor of an Intel Mac.
    pub cpu_type: Option<String>,
    /// The model identifier, such as `Mac14,2`.
    pub machine_model: Option<String>,
    /// The name of the model, such as `MacBook Air`.
    pub machine_name: Option<String>,
    /// The serial number.
    pub serial_number: Option<String>,
    /// The hardware UUID.
    #[serde(rename = "platform_UUID")]
    pub platform_uuid: Option<String>,
}

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "SPHardwareDataType")]
    hardware: Vec<HardwareOverview>,
}

/// Asks for the hardware. Needs no rights. From macOS 10.15, and slow: ask seldom.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn hardware_overview(runner: &dyn Runner) -> Result<HardwareOverview, Error> {
    let call = Call::fixed(Tool::SystemProfiler, ["-json", "SPHardwareDataType"]).timeout(TIMEOUT);
    let answer = runner.run(&call).map_err(Error::run(Tool::SystemProfiler))?;
    HardwareOverview::parse(&answer.stdout).ok_or_else(|| Error::Unreadable {
        tool: Tool::SystemProfiler,
        exit: answer.exit,
        said: excerpt(&answer.stderr.text()),
    })
}

impl HardwareOverview {
    /// Reads the report.
    pub fn parse(said: &[u8]) -> Option<Self> {
        let report: Report = serde_json::from_slice(said).ok()?;
        report.hardware.into_iter().next()
    }
}

#[cfg(test)]
mod tests {
    use super::HardwareOverview;

    #[test]
    fn the_first_entry_counts_and_unknown_fields_do_no_harm() {
        let said = br#"{"SPHardwareDataType":[{"_name":"hardware_overview","chip_type":"Apple M2",
            "machine_model":"Mac14,2","machine_name":"MacBook Air","serial_number":"C02XL0FAKE","cores":8}]}"#;
        let overview = HardwareOverview::parse(said).expect("an overview");
        assert_eq!(overview.chip_type.as_deref(), Some("Apple M2"));
        assert_eq!(overview.cpu_type, None);
        assert_eq!(HardwareOverview::parse(b"{\"SPHardwareDataType\":[]}"), None);
    }
}
