//! Data sources and record paths.

use super::status::Status;
use crate::model::attributes::Attributes;
use crate::model::directory::Directory;

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `/`.
    Root,
    /// `/Users` or `/Groups`.
    Type(RecordType),
    /// `/Users/ada`.
    Record(RecordType, String),
}

/// The record types this Mac has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordType {
    Users,
    Groups,
}

/// The node's name as error texts show it; `None` for a source that does not exist.
pub(super) fn node_name(source: &str) -> Option<&'static str> {
    match source {
        "." | "/Local/Default" | "localhost" | "localonly" => Some("/Local/Default"),
        "/Search" => Some("/Search"),
        _ => None,
    }
}

/// Resolves a path such as `/Users/ada`, also written `Users/ada` or with the node in front.
pub(super) fn parse(path: &str) -> Result<Place, Status> {
    let path = path
        .strip_prefix("/Local/Default")
        .or_else(|| path.strip_prefix("/Search"))
        .unwrap_or(path);
    let path = path.trim_matches('/');
    if path.is_empty() || path == "." {
        return Ok(Place::Root);
    }
    let (kind, name) = path
        .split_once('/')
        .map_or((path, None), |(kind, name)| (kind, Some(name)));
    let kind = match kind {
        "Users" | "dsRecTypeStandard:Users" => RecordType::Users,
        "Groups" | "dsRecTypeStandard:Groups" => RecordType::Groups,
        _ => return Err(Status::InvalidPath),
    };
    Ok(match name {
        None => Place::Type(kind),
        Some(name) => Place::Record(kind, unescaped(name)),
    })
}

/// A name as it is meant: `%2F` and `\\/` both stand for a slash. What is no escape stands for itself.
fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    loop {
        rest = match rest {
            [] => break,
            [b'\\', escaped, tail @ ..] => {
                bytes.push(*escaped);
                tail
            }
            [b'%', high, low, tail @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex_digit(*high) << 4 | hex_digit(*low));
                tail
            }
            [byte, tail @ ..] => {
                bytes.push(*byte);
                tail
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_digit(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.to_ascii_lowercase() - b'a' + 10,
    }
}

/// The attributes of a record, with those that are computed, as the tool shows them.
pub(super) fn attributes(directory: &Directory, kind: RecordType, name: &str) -> Option<Attributes> {
    match kind {
        RecordType::Users => directory.user(name).map(super::read::shown),
        RecordType::Groups => directory.group(name).map(|group| group.attributes.clone()),
    }
}

/// Names of all records of a type, sorted without regard to case.
pub(super) fn names(directory: &Directory, kind: RecordType) -> Vec<String> {
    let mut names: Vec<String> = match kind {
        RecordType::Users => directory
            .users
            .iter()
            .map(|user| user.name().to_owned())
            .collect(),
        RecordType::Groups => directory
            .groups
            .iter()
            .map(|group| group.name().to_owned())
            .collect(),
    };
    names.sort_by_key(|name| name.to_lowercase());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_in_a_name_are_undone() {
        for (path, name) in [
            ("/Users/ada", "ada"),
            ("/Users/a%64a", "ada"),
            (r"/Users/a\d\a", "ada"),
            ("/Users/50%", "50%"),
            ("/Users/50%25", "50%"),
            ("/Users/a%2Fb", "a/b"),
            (r"/Users/a\/b", "a/b"),
            ("/Users/%zz", "%zz"),
            ("/Users/J%C3%BCrgen", "J\u{fc}rgen"),
        ] {
            let place = Place::Record(RecordType::Users, name.to_owned());
            assert_eq!(parse(path), Ok(place), "{path}");
        }
    }
}
