//! `-screenLock`: its password comes from standard input even at a terminal.

use super::arguments::Arguments;
use super::passwords::complain;
use crate::model::session::ScreenLock;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, arguments: &Arguments) {
    let wanted = match arguments.subject.as_str() {
        "off" => ScreenLock::Off,
        "immediate" => ScreenLock::Immediate,
        seconds => match seconds.parse() {
            Ok(seconds) => ScreenLock::Seconds(seconds),
            Err(_) => {
                let line = session.look(|mac| describe(mac.session.screen_lock));
                session.log(&line);
                return;
            }
        },
    };
    let password = match arguments.password.as_deref() {
        Some("-") => session.stdin_line(1022),
        given => given.map(str::to_owned),
    };
    let right = session.look(|mac| {
        let console = mac
            .session
            .console_user
            .as_deref()
            .and_then(|name| mac.directory.user(name));
        match (console, &password) {
            (_, None) => None,
            (None, Some(_)) => Some(false),
            (Some(user), Some(password)) => Some(user.accepts(password)),
        }
    });
    match right {
        None => complain(session),
        Some(false) => session.log("MKBDeviceSetGracePeriod error -8"),
        Some(true) => {
            session.effect(|mac| mac.session.screen_lock = wanted);
            session.log(&describe(wanted));
        }
    }
}

fn describe(lock: ScreenLock) -> String {
    match lock {
        ScreenLock::Off => "screenLock is off".to_owned(),
        ScreenLock::Immediate => "screenLock delay is immediate".to_owned(),
        ScreenLock::Seconds(seconds) => format!("screenLock delay is {seconds} seconds"),
    }
}
