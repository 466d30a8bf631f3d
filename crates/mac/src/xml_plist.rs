//! Reading property lists that tools print.

use plist::{Dictionary, Value};

/// How deep a property list may be nested. Apple's tools stay below ten.
const DEPTH: usize = 64;

/// The property list in a text, or `None` when there is none that can be read. What stands before the XML and after
/// it (a banner, a warning) is left out.
pub(crate) fn read(text: &str) -> Option<Value> {
    let end_tag = "</plist>";
    let from = text.find("<?xml").or_else(|| text.find("<plist"))?;
    let end = text.rfind(end_tag)? + end_tag.len();
    let document = text.get(from..end)?;
    if too_deep(document) {
        return None;
    }
    Value::from_reader_xml(document.as_bytes()).ok()
}

/// A dictionary in a text.
pub(crate) fn read_dictionary(text: &str) -> Option<Dictionary> {
    read(text)?.into_dictionary()
}

/// Whether a property list is nested so deep that dropping it could overflow the stack.
fn too_deep(document: &str) -> bool {
    let mut depth = 0_usize;
    for (at, _) in document.match_indices('<') {
        let tag = &document[at..];
        if tag.starts_with("</array") || tag.starts_with("</dict") {
            depth = depth.saturating_sub(1);
        } else if tag.starts_with("<array") || tag.starts_with("<dict") {
            depth += 1;
        }
        if depth > DEPTH {
            return true;
        }
    }
    false
}

/// The text under a key.
pub(crate) fn text(dictionary: &Dictionary, key: &str) -> Option<String> {
    dictionary.get(key).and_then(Value::as_string).map(str::to_owned)
}

/// The truth under a key, as Apple's tools write it: a boolean, or a number.
pub(crate) fn truth(dictionary: &Dictionary, key: &str) -> Option<bool> {
    let value = dictionary.get(key)?;
    value
        .as_boolean()
        .or_else(|| value.as_signed_integer().map(|number| number != 0))
}

/// The dictionaries in the list under a key.
pub(crate) fn dictionaries<'a>(dictionary: &'a Dictionary, key: &str) -> Vec<&'a Dictionary> {
    let list = dictionary.get(key).and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_dictionary)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{read, read_dictionary, text, truth};

    #[test]
    fn a_banner_before_the_list_does_no_harm() {
        let list = read_dictionary(
            "Banner\n<?xml version=\"1.0\"?><plist><dict><key>a</key><true/></dict></plist>\nx",
        );
        assert_eq!(list.as_ref().and_then(|list| truth(list, "a")), Some(true));
        assert_eq!(list.and_then(|list| text(&list, "a")), None);
    }

    #[test]
    fn a_bottomless_list_is_refused() {
        let deep = format!(
            "<plist>{}{}</plist>",
            "<array>".repeat(100_000),
            "</array>".repeat(100_000)
        );
        assert!(read(&deep).is_none());
    }

    #[test]
    fn a_list_that_is_cut_off_is_refused() {
        assert!(read("<?xml version=\"1.0\"?><plist><dict><key>a</key>").is_none());
    }
}
