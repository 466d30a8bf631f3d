//! How `dscl` writes attributes.

use super::Options;
use crate::model::attributes::{NATIVE, STANDARD};

/// `Name: v1 v2`, or each value on its own line as soon as one of them has a space.
pub(super) fn attribute(options: Options, name: &str, values: &[String]) -> String {
    let mut line = format!("{}:", shown_name(options, name));
    let spaced = values.iter().any(|value| value.contains(' '));
    for value in values {
        line.push_str(if spaced { "\n " } else { " " });
        line.push_str(&self::value(options, value));
    }
    line
}

/// One value, URL-encoded if that was asked for.
pub(super) fn value(options: Options, value: &str) -> String {
    if options.url {
        url_encoded(value)
    } else {
        value.to_owned()
    }
}

/// The name without the standard prefix; native names keep theirs.
pub(super) fn shown_name(options: Options, name: &str) -> &str {
    if options.raw || name.starts_with(NATIVE) {
        name
    } else {
        name.strip_prefix(STANDARD).unwrap_or(name)
    }
}

fn url_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/:;=@&$!*'(),+".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
