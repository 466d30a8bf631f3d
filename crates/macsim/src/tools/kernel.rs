//! `sysctl -n hw.optional.arm64` and `uname -m`: is it Apple silicon?

use super::session::{Exit, Session};
use crate::model::hardware::Chip;

/// Runs `sysctl` for the names an administrator's script asks for.
pub fn sysctl(session: &mut Session<'_>, args: &[String]) -> Exit {
    let only_value = args.iter().any(|arg| arg == "-n" || arg == "-in");
    let quiet = args.iter().any(|arg| arg == "-i" || arg == "-in");
    let mut exit = 0;
    for name in args.iter().filter(|arg| !arg.starts_with('-')) {
        let value = session.look(|mac| match name.as_str() {
            // Intel kernels do not know the name at all.
            "hw.optional.arm64" if mac.hardware.chip == Chip::AppleSilicon => Some("1".to_owned()),
            "hw.model" => Some(mac.hardware.model.clone()),
            "kern.boottime" => {
                let seconds = mac.session.booted_at.0 / 1000;
                Some(format!(
                    "{{ sec = {seconds}, usec = 0 }} {}",
                    mac.session.booted_at.ctime()
                ))
            }
            "kern.osproductversion" => Some(mac.os.to_string()),
            "machdep.cpu.brand_string" => Some(mac.hardware.processor().to_owned()),
            _ => None,
        });
        match value {
            Some(value) if only_value => session.out(&value),
            Some(value) => session.out(&format!("{name}: {value}")),
            None if quiet => {}
            None => {
                session.err(&format!("sysctl: unknown oid '{name}'"));
                exit = 1;
            }
        }
    }
    exit
}

/// Runs `uname` for `-m`, `-s` and `-r`.
pub fn uname(session: &mut Session<'_>, args: &[String]) -> Exit {
    let (machine, release) = session.look(|mac| {
        let machine = if mac.hardware.chip == Chip::AppleSilicon {
            "arm64"
        } else {
            "x86_64"
        };
        let digits: String = mac.os.build().chars().take_while(char::is_ascii_digit).collect();
        (machine, format!("{digits}.{}.0", mac.os.minor))
    });
    match args.first().map(String::as_str) {
        Some("-m") => session.out(machine),
        Some("-r") => session.out(&release),
        None | Some("-s") => session.out("Darwin"),
        Some(flag) => {
            session.err(&format!(
                "uname: illegal option -- {}",
                flag.trim_start_matches('-')
            ));
            return 1;
        }
    }
    0
}
