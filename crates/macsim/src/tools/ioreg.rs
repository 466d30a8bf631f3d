//! `ioreg -rd1 -c IOPlatformExpertDevice`: serial number and hardware UUID; `-n "Apple T2 Controller"`: the chip, where
//! there is one.

use super::session::{Exit, Session};
use crate::model::hardware::Chip;

/// Runs the tool. Any other class or name shows nothing.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if args.iter().any(|arg| arg == "Apple T2 Controller") {
        if session.look(|mac| mac.hardware.chip == Chip::T2) {
            session.out(
                "+-o Apple T2 Controller@14200000  <class IOUSBHostDevice, id 0x1000004b1, registered, matched, active, busy 0 (3 ms), retain 33>",
            );
            session.out("    {");
            session.out("      \"USB Product Name\" = \"Apple T2 Controller\"");
            session.out("    }");
            session.out("    ");
        }
        return 0;
    }
    if !args.iter().any(|arg| arg == "IOPlatformExpertDevice") {
        return 0;
    }
    let hardware = session.look(|mac| mac.hardware.clone());
    session.out(&format!(
        "+-o {0}  <class IOPlatformExpertDevice, id 0x100000116, registered, matched, active, busy 0 (0 ms), retain 38>",
        hardware.model
    ));
    session.out("    {");
    session.out(&format!(
        "      \"IOPlatformSerialNumber\" = \"{}\"",
        hardware.serial
    ));
    session.out(&format!("      \"IOPlatformUUID\" = \"{}\"", hardware.uuid));
    session.out("      \"manufacturer\" = <\"Apple Inc.\">");
    session.out(&format!("      \"model\" = <\"{}\">", hardware.model));
    session.out("    }");
    session.out("    ");
    0
}
