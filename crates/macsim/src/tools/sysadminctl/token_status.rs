//! `-secureTokenStatus`: reads the label, nothing more.

use super::arguments::Arguments;
use super::refusal_text::raw_status;
use crate::model::os::OsVersion;
use crate::rules::authenticate::authenticate;
use crate::rules::refusal::Credentials;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, arguments: &Arguments) {
    complain_like_the_first_builds(session, arguments);
    let status = session.look(|mac| {
        mac.directory
            .user(&arguments.subject)
            .map(|user| (user.has_token_label(), user.real_name().to_owned()))
    });
    match status {
        Some((true, real_name)) => session.log(&format!("Secure token is ENABLED for user {real_name}")),
        Some((false, real_name)) => session.log(&format!("Secure token is DISABLED for user {real_name}")),
        None => session.log(&format!("Unknown user {}", arguments.subject)),
    }
}

/// Up to 10.13.3 an administrator's credentials were wanted; wrong ones were reported and then ignored.
fn complain_like_the_first_builds(session: &mut Session<'_>, arguments: &Arguments) {
    let os = session.look(|mac| mac.os);
    if os >= OsVersion::with_patch(10, 13, 4) {
        return;
    }
    let name = arguments.admin_user.as_deref().unwrap_or_default();
    let password = arguments.admin_password.as_deref().unwrap_or_default();
    let at = session.circumstances();
    if session
        .note(|mac| authenticate(mac, Credentials { name, password }, at))
        .is_err()
    {
        session.log(&raw_status(os, -14090, "DSAuthenticator.m", 94));
    }
}
