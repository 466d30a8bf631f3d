//! `launchctl` for jobs of the system domain.

use super::session::{Exit, Session};

const NO_SUCH_SERVICE: Exit = 113;
const IN_PROGRESS: Exit = 36;
const UNSUPPORTED: Exit = 125;

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["bootstrap", "system", path] => {
            let label = label_of(path);
            session.effect(|mac| mac.launchd.loaded.insert(label));
            0
        }
        ["bootout", "system", path] => boot_out(session, &label_of(path)),
        ["bootout", service] => boot_out(session, service.strip_prefix("system/").unwrap_or(service)),
        ["print", service] => print(session, service.strip_prefix("system/").unwrap_or(service)),
        ["list"] => {
            session.out("PID\tStatus\tLabel");
            for label in session.look(|mac| mac.launchd.loaded.clone()) {
                session.out(&format!("-\t0\t{label}"));
            }
            0
        }
        ["kickstart", .., service] => {
            print_missing(session, service.strip_prefix("system/").unwrap_or(service))
        }
        ["reboot", "logout"] => {
            session.err("Failed to logout 125: Domain does not support specified action");
            UNSUPPORTED
        }
        _ => {
            session.err("Usage: launchctl <subcommand> ... | help [subcommand]");
            1
        }
    }
}

fn boot_out(session: &mut Session<'_>, label: &str) -> Exit {
    let (loaded, stopping) = session.look(|mac| {
        (
            mac.launchd.loaded.contains(label),
            mac.launchd.stopping.contains(label),
        )
    });
    if stopping {
        session.err("Boot-out failed: 36: Operation now in progress");
        return IN_PROGRESS;
    }
    if !loaded {
        return print_missing(session, label);
    }
    session.effect(|mac| mac.launchd.loaded.remove(label));
    0
}

fn print(session: &mut Session<'_>, label: &str) -> Exit {
    if session.look(|mac| mac.launchd.loaded.contains(label)) {
        session.out(&format!("system/{label} = {{"));
        session.out("\tstate = running");
        session.out("}");
        return 0;
    }
    print_missing(session, label)
}

fn print_missing(session: &mut Session<'_>, label: &str) -> Exit {
    if session.look(|mac| mac.launchd.loaded.contains(label)) {
        return 0;
    }
    session.err(&format!(
        "Could not find service \"{label}\" in domain for system"
    ));
    NO_SUCH_SERVICE
}

/// The label that a property list file is named after.
fn label_of(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.strip_suffix(".plist").unwrap_or(file).to_owned()
}
