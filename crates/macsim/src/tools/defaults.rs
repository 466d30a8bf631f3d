//! `defaults read|write|delete DOMAIN KEY [VALUE…]`.

use super::session::{Exit, Session};

/// Runs the tool.
pub fn run(session: &mut Session<'_>, args: &[String]) -> Exit {
    let words: Vec<&str> = args
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "-currentHost")
        .collect();
    match words.as_slice() {
        ["read", domain, key] => read(session, domain, key),
        ["write", domain, key, values @ ..] if !values.is_empty() => write(session, domain, key, values),
        ["delete", domain, key] => {
            let gone = session.effect(|mac| {
                mac.defaults
                    .get_mut(name(domain))
                    .is_some_and(|values| values.remove(*key).is_some())
            });
            if gone { 0 } else { missing(session, domain, key) }
        }
        _ => {
            session.err("Command line interface to a user's defaults.");
            255
        }
    }
}

fn read(session: &mut Session<'_>, domain: &str, key: &str) -> Exit {
    let value = session.look(|mac| {
        mac.defaults
            .get(name(domain))
            .and_then(|values| values.get(key))
            .cloned()
    });
    match value {
        Some(value) => {
            session.out(&value);
            0
        }
        None => missing(session, domain, key),
    }
}

fn write(session: &mut Session<'_>, domain: &str, key: &str, values: &[&str]) -> Exit {
    let typed = values[0].starts_with('-');
    let truth = matches!(values[0], "-bool" | "-boolean");
    let shown: Vec<&str> = values
        .iter()
        .skip(usize::from(typed))
        .map(|value| match *value {
            "true" | "TRUE" | "yes" | "YES" if truth => "1",
            "false" | "FALSE" | "no" | "NO" if truth => "0",
            value => value,
        })
        .collect();
    let adds = values[0] == "-array-add";
    session.effect(|mac| {
        let values = mac.defaults.entry(name(domain).to_owned()).or_default();
        let value = shown.join("\n");
        match values.get_mut(key) {
            Some(old) if adds => old.push_str(&format!("\n{value}")),
            _ => {
                values.insert(key.to_owned(), value);
            }
        }
    });
    0
}

fn missing(session: &mut Session<'_>, domain: &str, key: &str) -> Exit {
    session.log(&format!(
        "\nThe domain/default pair of ({}, {key}) does not exist",
        shown(domain)
    ));
    1
}

/// Domains and preference files of one name are the same thing.
fn name(domain: &str) -> &str {
    let name = domain.rsplit('/').next().unwrap_or(domain);
    name.strip_suffix(".plist").unwrap_or(name)
}

fn shown(domain: &str) -> &str {
    domain.strip_suffix(".plist").unwrap_or(domain)
}
