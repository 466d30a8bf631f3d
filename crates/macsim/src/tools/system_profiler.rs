//! `system_profiler -json SPHardwareDataType`.

use super::session::{Exit, Session};
use crate::model::hardware::Chip;
use crate::model::mac::Mac;

/// Runs the tool; other data types come out empty.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let hardware = args.iter().any(|arg| arg == "SPHardwareDataType");
    let json = args.iter().any(|arg| arg == "-json");
    let pairs = if hardware {
        session.look(overview)
    } else {
        Vec::new()
    };
    if !json {
        session.out("Hardware:");
        session.out("");
        session.out("    Hardware Overview:");
        session.out("");
        for (key, value) in pairs {
            session.out(&format!("      {key}: {value}"));
        }
        return 0;
    }
    let data_type = args
        .iter()
        .find(|arg| arg.starts_with("SP"))
        .map_or("SPHardwareDataType", String::as_str);
    session.out("{");
    session.out(&format!("  \"{data_type}\" : ["));
    if !pairs.is_empty() {
        session.out("    {");
        let count = pairs.len();
        for (position, (key, value)) in pairs.into_iter().enumerate() {
            let comma = if position + 1 < count { "," } else { "" };
            session.out(&format!("      \"{key}\" : \"{value}\"{comma}"));
        }
        session.out("    }");
    }
    session.out("  ]");
    session.out("}");
    0
}

fn overview(mac: &Mac) -> Vec<(&'static str, String)> {
    let hardware = &mac.hardware;
    let processor = if hardware.chip == Chip::AppleSilicon {
        "chip_type"
    } else {
        "cpu_type"
    };
    let mut pairs = vec![
        ("_name", "hardware_overview".to_owned()),
        ("activation_lock_status", "activation_lock_disabled".to_owned()),
        (processor, hardware.processor().to_owned()),
        ("machine_model", hardware.model.clone()),
        (
            "machine_name",
            if hardware.model.starts_with("MacBookPro") {
                "MacBook Pro"
            } else {
                "MacBook Air"
            }
            .to_owned(),
        ),
        ("physical_memory", "16 GB".to_owned()),
        ("platform_UUID", hardware.uuid.clone()),
        ("serial_number", hardware.serial.clone()),
    ];
    if hardware.chip == Chip::AppleSilicon {
        pairs.push((
            "provisioning_UDID",
            format!("0000{}-{}", &hardware.uuid[..4], &hardware.uuid[19..23]),
        ));
    }
    pairs.sort_by_key(|(key, _)| *key);
    pairs
}
