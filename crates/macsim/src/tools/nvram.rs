//! `nvram NAME`: the one variable that says what a T2 lets start.

use super::session::{Exit, Session};
use crate::model::hardware::Chip;
use crate::model::start_up::StartUpSecurity;

/// Its name, without the capitals in which some write it.
const POLICY: &str = "94b73556-2197-4702-82a8-3e1337dafbfb:applesecurebootpolicy";

/// Runs the tool. No other variable exists.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let Some(name) = args.first() else {
        session.err("nvram: usage: nvram [-x] [-p] [-f filename] [-d name] [-c] name[=value] ...");
        return 1;
    };
    let policy = session.look(|mac| (mac.hardware.chip == Chip::T2).then_some(mac.start_up.security));
    match policy.filter(|_| name.eq_ignore_ascii_case(POLICY)) {
        Some(security) => {
            let value = match security {
                StartUpSecurity::Full => "%02",
                StartUpSecurity::Reduced => "%01",
                StartUpSecurity::None => "%00",
            };
            session.out(&format!("{name}\t{value}"));
            0
        }
        None => {
            session.err(&format!(
                "nvram: Error getting variable - '{name}': (iokit/common) data was not found"
            ));
            1
        }
    }
}
