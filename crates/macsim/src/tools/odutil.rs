//! `odutil reset cache`: there is no cache here that could be stale.

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    if args.first().map(String::as_str) == Some("reset") {
        return 0;
    }
    session.err("Usage: odutil show|log|set|reset …");
    1
}
