//! `ioreg -rd1 -c IOPlatformExpertDevice`: serial number and hardware UUID.

use super::session::{Exit, Session};

/// Runs the tool. Any other class shows nothing.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
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
