//! Property lists as Apple's tools print them.

/// The XML text of a property list, with a line end.
pub fn xml(value: &plist::Value) -> String {
    let mut bytes = Vec::new();
    if value.to_writer_xml(&mut bytes).is_err() {
        return String::new();
    }
    // Apple escapes only what it must.
    let mut text = String::from_utf8_lossy(&bytes)
        .replace("&apos;", "'")
        .replace("&quot;", "\"");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// A dictionary from pairs, in their order.
pub fn dictionary(pairs: impl IntoIterator<Item = (&'static str, plist::Value)>) -> plist::Value {
    plist::Value::Dictionary(
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

/// A text.
pub fn string(text: impl Into<String>) -> plist::Value {
    plist::Value::String(text.into())
}
