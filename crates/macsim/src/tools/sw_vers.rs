//! `sw_vers`.

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let (os, extra) = session.look(|mac| (mac.os, mac.os_extra.clone()));
    let name = if os.major == 10 { "Mac OS X" } else { "macOS" };
    let lines = [
        ("ProductName", Some(name.to_owned())),
        ("ProductVersion", Some(os.to_string())),
        ("ProductVersionExtra", extra),
        ("BuildVersion", Some(os.build())),
    ];
    match args.first().map(|flag| flag.trim_start_matches('-')) {
        None => {
            for (key, value) in lines {
                if let Some(value) = value {
                    session.out(&format!("{:<26}{value}", format!("{key}:")));
                }
            }
            0
        }
        Some(flag) => match lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(flag)) {
            Some((_, Some(value))) => {
                session.out(&value);
                0
            }
            Some((_, None)) => 0,
            None => {
                session.err("Usage: sw_vers [--help|--productName|--productVersion|--productVersionExtra|--buildVersion]");
                1
            }
        },
    }
}
