//! Rules in words, where they bring none of their own.

use crate::chars::Chars;
use crate::pattern::Node;
use crate::predicate::Predicate;

/// The predicate in words; `None` when it has no simple ones.
pub(super) fn of(predicate: &Predicate) -> Option<String> {
    match predicate {
        Predicate::Matches(pattern) => of_node(pattern.node()).map(sentence),
        Predicate::NotSimple => Some("Contain no repeated, ascending or descending characters.".to_owned()),
        Predicate::NotInHistory { depth: Some(depth) } => {
            Some(format!("Differ from the last {depth} passwords."))
        }
        Predicate::NotInHistory { depth: None } => Some("Differ from earlier passwords.".to_owned()),
        _ => None,
    }
}

/// The expression in words, or as it stands.
pub(super) fn of_expression(predicate: &Predicate, expression: &str) -> String {
    of(predicate).unwrap_or_else(|| format!("Match the expression {expression}"))
}

fn sentence(demand: String) -> String {
    format!("Contain {demand}.")
}

/// What an expression demands, behind "contain".
fn of_node(node: &Node) -> Option<String> {
    match node {
        Node::Concat(parts) => of_row(parts),
        Node::Alternate(parts) => match &parts[..] {
            [empty, demand] if is_empty(empty) => {
                of_node(demand).map(|demand| format!("nothing, or {demand}"))
            }
            _ => None,
        },
        Node::Capture(inner) => of_node(inner),
        Node::Repeat { inner, min, max, .. } => match **inner {
            Node::Set(Chars::ALL) => length(*min, *max),
            _ => count(inner, *min, *max),
        },
        _ => None,
    }
}

/// What parts in a row demand, when each can be said by itself.
fn of_row(parts: &[Node]) -> Option<String> {
    let parts: Vec<&Node> = parts
        .iter()
        .filter(|part| !matches!(part, Node::Start | Node::End))
        .collect();
    if let [single] = parts[..] {
        return of_node(single);
    }
    if let Some(demand) = holds(&parts) {
        return Some(at_least(1, demand));
    }
    let (looks, rest): (Vec<&Node>, Vec<&Node>) = parts
        .into_iter()
        .partition(|part| matches!(part, Node::Look { .. }));
    let mut demands = Vec::new();
    for look in looks {
        match look {
            Node::Look {
                ahead: true,
                negative: false,
                inner,
            } => demands.push(ahead(inner)?),
            _ => return None,
        }
    }
    match rest[..] {
        [only] if is_anything(only) => {}
        [only] => demands.push(of_node(only)?),
        _ => return None,
    }
    (!demands.is_empty()).then(|| demands.join(", and "))
}

/// `.*[0-9]` behind a look ahead.
fn ahead(node: &Node) -> Option<String> {
    match node {
        Node::Concat(parts) => match &parts[..] {
            [any, Node::Set(set)] if is_anything(any) => Some(at_least(1, *set)),
            _ => None,
        },
        _ => of_node(node),
    }
}

/// `(.*[0-9].*){2,}`.
fn count(inner: &Node, min: u32, max: Option<u32>) -> Option<String> {
    let inner = match inner {
        Node::Capture(inner) => inner,
        other => other,
    };
    match inner {
        Node::Concat(parts) if max.is_none() => {
            let parts: Vec<&Node> = parts.iter().collect();
            holds(&parts).map(|set| at_least(min, set))
        }
        _ => None,
    }
}

/// The set of `.*[0-9].*`.
fn holds(parts: &[&Node]) -> Option<Chars> {
    match parts {
        [before, Node::Set(set), after] if is_anything(before) && is_anything(after) => Some(*set),
        _ => None,
    }
}

fn is_empty(node: &Node) -> bool {
    match node {
        Node::Concat(parts) => parts.iter().all(|part| matches!(part, Node::Start | Node::End)),
        _ => false,
    }
}

fn is_anything(node: &Node) -> bool {
    matches!(node, Node::Repeat { inner, min: 0, max: None, .. } if **inner == Node::Set(Chars::ALL))
}

fn length(min: u32, max: Option<u32>) -> Option<String> {
    match (min, max) {
        (0, None) => None,
        (min, None) => Some(format!("at least {min} characters")),
        (0, Some(max)) => Some(format!("at most {max} characters")),
        (min, Some(max)) if min == max => Some(format!("exactly {min} characters")),
        (min, Some(max)) => Some(format!("{min} to {max} characters")),
    }
}

fn at_least(count: u32, set: Chars) -> String {
    const NAMES: [(Chars, &str, &str); 6] = [
        (Chars::LOWER, "lower-case letter", "lower-case letters"),
        (Chars::UPPER, "upper-case letter", "upper-case letters"),
        (Chars::LETTERS, "letter", "letters"),
        (Chars::DIGITS, "digit", "digits"),
        (Chars::ALPHANUMERIC, "letter or digit", "letters or digits"),
        (
            Chars::SPECIAL,
            "character that is neither letter nor digit",
            "characters that are neither letters nor digits",
        ),
    ];
    let named = NAMES.iter().find(|(named, ..)| *named == set);
    match (named, count) {
        (Some((_, one, _)), 1) => format!("at least one {one}"),
        (Some((_, _, several)), _) => format!("at least {count} {several}"),
        (None, _) => {
            let members: String = set.iter().map(char::from).collect();
            format!("at least {count} of {members}")
        }
    }
}
