//! `sysadminctl`: everything on standard error, and exit code 0 even for a refusal.

mod add_user;
mod arguments;
mod autologin;
mod change_password;
mod delete_user;
mod passwords;
mod refusal_text;
mod reset_password;
mod screen_lock;
mod switches;
mod token_status;
mod token_switch;
mod usage;

use super::session::{Exit, Session};
use arguments::{Arguments, Operation};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let os = session.look(|mac| mac.os);
    let arguments = Arguments::parse(args);
    let known = arguments.operation.filter(|operation| operation.since() <= os);
    let Some(operation) = known else {
        session.log(&usage::text(os));
        return 0;
    };
    if arguments.interactive {
        session.log(
            "errAuthorizationInteractionNotAllowed: The authorization was denied since no user interaction was possible.",
        );
        return 0;
    }
    if operation.needs_root() && session.uid != 0 && arguments.admin_user.is_none() {
        session.log(&format!(
            "sysadminctl should be run as root, or in interactive mode! ({})",
            operation.name()
        ));
        return 0;
    }
    match operation {
        Operation::SecureTokenStatus => token_status::run(session, &arguments),
        Operation::SecureTokenOn => token_switch::on(session, &arguments),
        Operation::SecureTokenOff => token_switch::off(session, &arguments),
        Operation::AddUser => add_user::run(session, &arguments),
        Operation::DeleteUser => delete_user::run(session, &arguments),
        Operation::ResetPasswordFor => reset_password::run(session, &arguments),
        Operation::NewPassword => change_password::run(session, &arguments),
        Operation::Autologin => autologin::run(session, &arguments),
        Operation::ScreenLock => screen_lock::run(session, &arguments),
        Operation::GuestAccount => switches::guest_account(session, &arguments),
        Operation::Filesystem => switches::filesystem(session, &arguments),
        Operation::AutomaticTime => switches::constant(session, "Automatic time setting is on"),
        Operation::AfpGuestAccess => switches::constant(session, "AFP guest access disabled."),
        Operation::SmbGuestAccess => switches::constant(session, "SMB guest access disabled."),
    }
    0
}
