//! `bputil -d`: the security policy of an Apple silicon Mac.

use super::session::{Exit, Session};
use crate::model::digest::hmac;
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::start_up::{Integrity, StartUpSecurity};

const WARNING: &str = "
This utility is not meant for normal users or even sysadmins.
It provides unabstracted access to capabilities which are normally handled for the user automatically when changing the security policy through GUIs such as the Startup Security Utility in macOS Recovery (\"recoveryOS\").
It is possible to make your system security much weaker and therefore easier to compromise using this tool.
This tool is not to be used in production environments.
It is possible to render your system unbootable with this tool.
It should only be used to understand how the security of Apple Silicon Macs works.
Use at your own risk!
";

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if session.look(|mac| mac.hardware.chip != Chip::AppleSilicon) {
        session.err("bputil is not yet supported on this platform");
        return 1;
    }
    if session.uid != 0 || !args.iter().any(|arg| arg == "-d" || arg == "--display-policy") {
        session.out(WARNING);
        session.err("bputil: this operation is not supported here");
        return 1;
    }
    session.out(WARNING);
    let lines = session.look(policy);
    for (name, tag, value) in lines {
        match tag {
            Tag::Heading => session.out(&name),
            Tag::None => session.out(&format!("{name:<46}: {value}")),
            Tag::Four(tag) => session.out(&format!("{name:<40}({tag}): {value}")),
        }
    }
    0
}

enum Tag {
    Heading,
    None,
    Four(&'static str),
}

/// Name, tag, value.
type Line = (String, Tag, String);

fn policy(mac: &Mac) -> Vec<Line> {
    let hash = |tag: &str| -> String {
        let digest = hmac(&[0; 32], format!("{}{tag}", mac.hardware.uuid).as_bytes());
        let half = hmac(&digest, b"second half");
        digest
            .iter()
            .chain(&half[..16])
            .map(|byte| format!("{byte:02X}"))
            .collect()
    };
    let heading = |text: String| (text, Tag::Heading, String::new());
    let plain = |name: &str, value: &str| (name.to_owned(), Tag::None, value.to_owned());
    let four =
        |name: &str, tag: &'static str, value: &str| (name.to_owned(), Tag::Four(tag), value.to_owned());
    let group = &mac.volume.group_uuid;
    let build = mac.os.build();
    let darwin: String = build.chars().take_while(char::is_ascii_digit).collect();
    vec![
        heading(format!("Local policy for volume group {group}:")),
        heading("OS environment:".to_owned()),
        plain("OS Type", "macOS"),
        plain("OS Pairing Status", "Not Paired"),
        four("Local Policy Nonce Hash", "lpnh", &hash("lpnh")),
        four("Remote Policy Nonce Hash", "rpnh", &hash("rpnh")),
        four("Recovery OS Policy Nonce Hash", "ronh", &hash("ronh")),
        heading(String::new()),
        heading("Local policy:".to_owned()),
        plain("Pairing Integrity", "Valid"),
        plain("Signature Type", "BAA"),
        four("Unique Chip ID", "ECID", &format!("0x{}", &hash("ecid")[..14])),
        four("Board ID", "BORD", "0x24"),
        four("Chip ID", "CHIP", "0x8103"),
        four("Certificate Epoch", "CEPO", "0x1"),
        four("Security Domain", "SDOM", "0x1"),
        four("Production Status", "CPRO", "1"),
        four("Security Mode", "CSEC", "1"),
        four(
            "OS Version",
            "love",
            &format!("{darwin}.{}.559.0.0,0", mac.os.minor),
        ),
        four("Volume Group UUID", "vuid", group),
        four("KEK Group UUID", "kuid", &mac.volume.container_uuid),
        four("Local Policy Nonce Hash", "lpnh", &hash("lpnh")),
        four("Remote Policy Nonce Hash", "rpnh", &hash("rpnh")),
        four("Next Stage Image4 Hash", "nsih", &hash("nsih")),
        four("User Authorized Kext List Hash", "auxp", "absent"),
        four("Auxiliary Kernel Cache Image4 Hash", "auxi", "absent"),
        four("Kext Receipt Hash", "auxr", "absent"),
        four("CustomKC or fuOS Image4 Hash", "coih", "absent"),
        security_mode(mac),
        state("3rd Party Kexts Status:", "Disabled", "smb2", "absent"),
        allowed(
            "User-allowed MDM Control:",
            mac.start_up.mdm_control_by_user,
            "smb3",
        ),
        allowed(
            "DEP-allowed MDM Control:",
            mac.mdm.enrolled && mac.mdm.automated,
            "smb4",
        ),
        match mac.start_up.integrity {
            Integrity::On => state("SIP Status:", "Enabled", "sip0", "absent"),
            Integrity::Off | Integrity::Without(_) => state("SIP Status:", "Customized", "sip0", "7f"),
        },
        state("Signed System Volume Status:", "Enabled", "sip1", "absent"),
        state("Kernel CTRR Status:", "Enabled", "sip2", "absent"),
        state("Boot Args Filtering Status:", "Enabled", "sip3", "absent"),
    ]
}

fn state(name: &str, state: &str, tag: &'static str, value: &str) -> Line {
    (format!("{name:<29}{state}"), Tag::Four(tag), value.to_owned())
}

fn allowed(name: &str, is: bool, tag: &'static str) -> Line {
    if is {
        state(name, "Enabled", tag, "1")
    } else {
        state(name, "Disabled", tag, "absent")
    }
}

/// Two bits say permissive together.
fn security_mode(mac: &Mac) -> Line {
    match mac.start_up.security {
        StartUpSecurity::Full => state("Security Mode:", "Full", "smb0", "absent"),
        StartUpSecurity::Reduced => state("Security Mode:", "Reduced", "smb0", "1"),
        StartUpSecurity::None => state("Security Mode:", "Permissive", "smb0 && smb1", "1"),
    }
}
