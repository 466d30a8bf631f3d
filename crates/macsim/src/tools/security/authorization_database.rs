//! `security authorizationdb`: who takes part in deciding about a right. Only the login at the screen is simulated.

use plist::Value;

use crate::model::login_right::LoginRight;
use crate::tools::apple_plist::{dictionary, string, xml};
use crate::tools::session::{Exit, Session};

const LOGIN: &str = "system.login.console";

const SUCCESS: i32 = 0;
/// `errAuthorizationDenied`: also what there is to say of a right that does not exist.
const DENIED: i32 = -60005;
/// `errAuthorizationInternal`: also what there is to say of a definition that is none.
const INTERNAL: i32 = -60008;

/// The exit code of a C program that returns -1.
const FAILED: Exit = 255;
const USAGE: Exit = 2;

/// Runs the command.
pub(super) fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["read", LOGIN] => {
            let right = session.look(|mac| mac.login_right.clone());
            session.out_raw(&xml(&definition(&right)));
            said(session, SUCCESS)
        }
        ["read", _] => said(session, DENIED),
        ["write", name] => write(session, name),
        _ => {
            session.err("Usage: authorizationdb read <right-name>");
            session.err("       authorizationdb write <right-name> [allow|deny|<rulename>]");
            USAGE
        }
    }
}

fn definition(right: &LoginRight) -> Value {
    let mechanisms = right.mechanisms.iter().map(string).collect();
    dictionary([
        ("class", string(&right.class)),
        ("comment", string(&right.comment)),
        ("created", Value::Real(right.created)),
        ("mechanisms", Value::Array(mechanisms)),
        ("modified", Value::Real(right.modified)),
        ("shared", Value::Boolean(right.shared)),
        ("tries", Value::Integer(right.tries.into())),
        ("version", Value::Integer(right.version.into())),
    ])
}

fn write(session: &mut Session<'_>, name: &str) -> Exit {
    let input = session.stdin_rest();
    // The real tool says nothing of what it cannot read.
    let Ok(written) = Value::from_reader_xml(input.as_slice()) else {
        return FAILED;
    };
    if session.uid != 0 || name != LOGIN {
        return said(session, DENIED);
    }
    let Some((class, mechanisms)) = parts(&written) else {
        return said(session, INTERNAL);
    };
    let now = session.now();
    session.effect(|mac| mac.login_right.write(class, mechanisms, now));
    said(session, SUCCESS)
}

fn parts(written: &Value) -> Option<(String, Vec<String>)> {
    let written = written.as_dictionary()?;
    let class = written.get("class")?.as_string()?;
    let mechanisms = written.get("mechanisms")?.as_array()?.iter();
    let mechanisms = mechanisms.map(|mechanism| mechanism.as_string().map(str::to_owned));
    Some((class.to_owned(), mechanisms.collect::<Option<_>>()?))
}

fn said(session: &mut Session<'_>, status: i32) -> Exit {
    let word = if status == SUCCESS { "YES" } else { "NO" };
    session.err(&format!("{word} ({status})"));
    if status == SUCCESS { 0 } else { FAILED }
}
