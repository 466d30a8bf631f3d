//! Messages that a tool writes by `NSLog`: a time, a process name and numbers before each.

/// The messages in a text, without their prefixes.
///
/// A line without a prefix belongs to the message before it, if that one had a prefix; otherwise it is a message of
/// its own. So a name that holds a newline cannot bring in a message.
pub(crate) fn messages(text: &str) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    let mut inside_a_prefixed_one = false;
    for line in super::lines(text) {
        match without_prefix(line) {
            Some(message) => {
                messages.push(message.to_owned());
                inside_a_prefixed_one = true;
            }
            None if inside_a_prefixed_one => {
                if let Some(message) = messages.last_mut() {
                    message.push('\n');
                    message.push_str(line);
                }
            }
            None => messages.push(line.to_owned()),
        }
    }
    messages
}

/// The message after `2026-09-23 10:10:38.619 sysadminctl[1053:11513] `, or `None` when there is no such prefix.
pub(crate) fn without_prefix(line: &str) -> Option<&str> {
    let rest = shaped_like(line, "0000-00-00 00:00:00")?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => rest,
    };
    let (process, message) = rest.strip_prefix(' ')?.split_once(']')?;
    let (name, _) = process.split_once('[')?;
    if name.is_empty() || name.contains(' ') {
        return None;
    }
    let message = message.strip_prefix(':').unwrap_or(message);
    Some(message.strip_prefix(' ').unwrap_or(message))
}

/// What follows a text of the given shape, in which `0` stands for any digit.
fn shaped_like<'a>(text: &'a str, shape: &str) -> Option<&'a str> {
    let fits = |(byte, shape): (u8, u8)| {
        if shape == b'0' {
            byte.is_ascii_digit()
        } else {
            byte == shape
        }
    };
    let long_enough = text.len() >= shape.len();
    (long_enough && text.bytes().zip(shape.bytes()).all(fits)).then(|| &text[shape.len()..])
}

#[cfg(test)]
mod tests {
    use super::{messages, without_prefix};

    #[test]
    fn the_prefix_goes_whatever_its_form() {
        for line in [
            "2026-09-23 10:10:38.619 sysadminctl[1053:11513] - Done!",
            "2026-09-23 10:10:38 sysadminctl[...]: - Done!",
        ] {
            assert_eq!(without_prefix(line), Some("- Done!"));
        }
        assert_eq!(
            without_prefix("2026-09-23 12:35:20.603 defaults[69266:2988063] "),
            Some("")
        );
        assert_eq!(without_prefix("- Done!"), None);
        assert_eq!(without_prefix("2026-09-23 10:10:38.619 some words [1:2] x"), None);
    }

    #[test]
    fn a_line_without_prefix_belongs_to_the_message_before() {
        let text = "2026-09-23 10:10:38.619 t[1:2] one\ntwo\n2026-09-23 10:10:38.619 t[1:2] three\r\n";
        assert_eq!(messages(text), ["one\ntwo", "three"]);
        assert_eq!(messages("one\ntwo\n"), ["one", "two"]);
    }
}
