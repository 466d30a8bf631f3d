//! `profiles`: enrolment and the bootstrap token.

mod bootstrap_token;
mod configuration;

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let verb = args.first().map_or("", String::as_str);
    let kind = option(args, "-type").unwrap_or("configuration");
    match (verb, kind) {
        ("status", "enrollment") => enrollment(session),
        ("status", "bootstraptoken") => bootstrap_token::status(session),
        ("install", "bootstraptoken") => bootstrap_token::install(session, args),
        ("validate", "bootstraptoken") => bootstrap_token::validate(session, args),
        ("remove", "bootstraptoken") => bootstrap_token::remove(session, args),
        ("validate" | "renew" | "show", "enrollment") => enrollment(session),
        ("list" | "-P" | "-L", _) => configuration::list(session),
        ("show" | "-C", _) => configuration::show(session),
        ("install" | "-I", _) if session.look(|mac| mac.os.major >= 11) => {
            session.err("profiles tool no longer supports installs. Use System Settings Profiles to add configuration profiles.");
            1
        }
        _ => {
            session.err("usage: profiles <verb> [<options>]");
            1
        }
    }
}

/// The value behind the flag.
fn option<'a>(args: &'a [String], flag: &str) -> Option<&'a str> {
    let position = args.iter().position(|arg| arg == flag)?;
    args.get(position + 1).map(String::as_str)
}

fn enrollment(session: &mut Session<'_>) -> Exit {
    let mdm = session.look(|mac| mac.mdm.clone());
    session.out(&format!(
        "Enrolled via DEP: {}",
        yes_or_no(mdm.enrolled && mdm.automated)
    ));
    let management = match (mdm.enrolled, mdm.user_approved) {
        (true, true) => "Yes (User Approved)",
        (true, false) => "Yes",
        (false, _) => "No",
    };
    session.out(&format!("MDM enrollment: {management}"));
    if mdm.enrolled && !mdm.server_url.is_empty() {
        session.out(&format!("MDM server: {}", mdm.server_url));
    }
    0
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "Yes" } else { "No" }
}
