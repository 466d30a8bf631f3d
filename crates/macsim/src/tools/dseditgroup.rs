//! `dseditgroup -o checkmember|edit|read`. Nearly every failure exits 64: Apple's error printer shadows
//! its own exit code.

use super::session::{Exit, Session};

const EX_OK: Exit = 0;
const EX_USAGE: Exit = 64;
const EX_NOUSER: Exit = 67;

#[derive(Debug, Default)]
struct Arguments {
    operation: String,
    member: Option<String>,
    add: Option<String>,
    remove: Option<String>,
    group: Option<String>,
}

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let arguments = parse(args);
    let Some(group) = arguments.group.clone() else {
        session.err("Group name not provided");
        return EX_USAGE;
    };
    if session.look(|mac| mac.directory.group(&group).is_none()) {
        session.err("Group not found.");
        return EX_USAGE;
    }
    match arguments.operation.as_str() {
        "checkmember" => check_member(session, &arguments, &group),
        "edit" => edit(session, &arguments, &group),
        _ => read(session, &group),
    }
}

fn check_member(session: &mut Session<'_>, arguments: &Arguments, group: &str) -> Exit {
    let caller = i64::from(session.uid);
    let answer = session.look(|mac| {
        let member = match &arguments.member {
            Some(name) => mac.directory.user(name),
            None => mac.directory.user_by_uid(caller),
        };
        let group = mac.directory.group(group);
        member
            .zip(group)
            .map(|(user, group)| (user.name().to_owned(), mac.directory.is_member(user, group)))
    });
    match answer {
        None => {
            session.err("Unable to find the user record");
            EX_USAGE
        }
        Some((name, true)) => {
            session.out(&format!("yes {name} is a member of {group}"));
            EX_OK
        }
        Some((name, false)) => {
            session.out(&format!("no {name} is NOT a member of {group}"));
            EX_NOUSER
        }
    }
}

fn edit(session: &mut Session<'_>, arguments: &Arguments, group: &str) -> Exit {
    if session.uid != 0 {
        session.err("Username and password must be provided.");
        return EX_USAGE;
    }
    let (name, adding) = match (&arguments.add, &arguments.remove) {
        (Some(name), _) => (name, true),
        (None, Some(name)) => (name, false),
        (None, None) => return EX_OK,
    };
    let found = session.effect(|mac| {
        let found = mac.directory.user(name).is_some();
        if adding {
            mac.directory.add_member(group, name);
        } else {
            mac.directory.remove_member(group, name);
        }
        found
    });
    if found {
        EX_OK
    } else {
        session.err("Record not found");
        EX_USAGE
    }
}

fn read(session: &mut Session<'_>, group: &str) -> Exit {
    let lines = session.look(|mac| {
        mac.directory.group(group).map(|group| {
            group
                .attributes
                .iter()
                .flat_map(|(name, values)| {
                    std::iter::once(format!("{name} -"))
                        .chain(values.iter().map(|value| format!("\t\t{value}")))
                })
                .collect::<Vec<String>>()
        })
    });
    for line in lines.unwrap_or_default() {
        session.out(&line);
    }
    EX_OK
}

fn parse(args: &[String]) -> Arguments {
    let mut arguments = Arguments {
        operation: "read".to_owned(),
        ..Arguments::default()
    };
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-o" => arguments.operation = rest.next().cloned().unwrap_or_default(),
            "-m" => arguments.member = rest.next().cloned(),
            "-a" => arguments.add = rest.next().cloned(),
            "-d" => arguments.remove = rest.next().cloned(),
            "-t" | "-T" | "-n" | "-u" | "-P" | "-i" | "-g" | "-r" | "-k" | "-c" | "-s" | "-f" => {
                rest.next();
            }
            "-p" | "-q" | "-v" | "-L" => {}
            name => arguments.group = Some(name.to_owned()),
        }
    }
    arguments
}
