//! `dscl`: reads and writes directory records. Exit code is the negated status, modulo 256.

mod authonly;
mod edit;
mod list;
mod passwd;
mod path;
mod print;
mod property_list;
mod read;
mod search;
mod status;
mod usage;

use super::session::{Exit, Session};
use status::Status;

/// Exit code for a wrong command line (sysexits).
const EX_USAGE: Exit = 64;
/// Exit code for a data source that does not exist.
const EX_NO_SOURCE: Exit = 69;

/// Options in front of the data source.
#[derive(Clone, Copy, Debug, Default)]
struct Options {
    plist: bool,
    raw: bool,
    url: bool,
}

/// How a command ended.
enum Ending {
    /// It worked.
    Fine,
    /// `<dscl_cmd> DS Error` is to be said.
    Failed(Status),
    /// Everything has been said.
    Usage,
}

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let mut options = Options::default();
    let mut rest = args;
    while let Some((first, others)) = rest.split_first() {
        match first.as_str() {
            "-plist" => options.plist = true,
            "-raw" => options.raw = true,
            "-url" => options.url = true,
            "-q" => {}
            "-u" | "-P" | "-f" => {
                rest = others.get(1..).unwrap_or_default();
                continue;
            }
            _ => break,
        }
        rest = others;
    }
    let Some((source, rest)) = rest.split_first() else {
        usage::print(session);
        return EX_USAGE;
    };
    let Some(node) = path::node_name(source) else {
        session.out(&format!("Data source ({source}) is not valid."));
        return EX_NO_SOURCE;
    };
    let Some((command, rest)) = rest.split_first() else {
        return 0;
    };
    // `-plist` may also stand behind the data source.
    let (command, rest) = match (command.as_str(), rest.split_first()) {
        ("-plist", Some((command, rest))) => {
            options.plist = true;
            (command, rest)
        }
        _ => (command, rest),
    };
    let command = command.strip_prefix('-').unwrap_or(command);
    match dispatch(session, options, node, command, rest) {
        Ending::Fine => 0,
        Ending::Usage => EX_USAGE,
        Ending::Failed(status) => {
            session.err(&format!(
                "<dscl_cmd> DS Error: {} ({})",
                status.number(),
                status.name()
            ));
            status.exit()
        }
    }
}

fn dispatch(
    session: &mut Session<'_>,
    options: Options,
    node: &str,
    command: &str,
    args: &[String],
) -> Ending {
    let at_least = match command {
        "read" | "cat" | "." | "list" | "ls" | "create" | "mk" | "delete" | "rm" | "authonly" | "auth"
        | "readall" => 1,
        "append" | "merge" | "search" | "readpl" | "deletepl" => 3,
        "change" | "changei" | "createpl" => 4,
        _ => 0,
    };
    if args.len() < at_least {
        session.err(&format!("Too few parameters for {command} operation"));
        usage::print(session);
        return Ending::Usage;
    }
    let result = match command {
        "read" | "cat" | "." => read::one(session, options, args),
        "readall" => read::all(session, options, args),
        "list" | "ls" => list::run(session, options, args),
        "search" => search::run(session, options, args),
        "authonly" | "auth" => authonly::run(session, node, args),
        "passwd" => passwd::run(session, args),
        "create" | "mk" => edit::run(session, edit::Edit::Create, args),
        "append" => edit::run(session, edit::Edit::Append, args),
        "merge" => edit::run(session, edit::Edit::Merge, args),
        "change" => edit::run(session, edit::Edit::Change, args),
        "delete" | "rm" => edit::run(session, edit::Edit::Delete, args),
        "readpl" => property_list::read(session, args),
        "createpl" => property_list::create(session, args),
        "deletepl" => property_list::delete(session, args),
        _ => {
            usage::print(session);
            return Ending::Fine;
        }
    };
    match result {
        Ok(()) => Ending::Fine,
        Err(Status::InvalidPath) => {
            session.out(&format!("{command}: Invalid Path"));
            Ending::Failed(Status::InvalidPath)
        }
        Err(Status::RecordNotFound) if !matches!(command, "read" | "cat" | ".") => {
            session.out(&format!("{command}: DS error: {}", Status::RecordNotFound.name()));
            Ending::Failed(Status::RecordNotFound)
        }
        Err(status) => Ending::Failed(status),
    }
}
