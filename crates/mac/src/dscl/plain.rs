//! The plain text that `dscl -read` prints.

use std::collections::BTreeMap;

/// The attributes in the plain text of `dscl -read`, each with its values, native ones with their prefix.
///
/// Values stand on the line of the key, apart by blanks, or, when one of them holds a blank, each on a line of its own
/// that begins with a blank. A value with a newline cannot be told from two lines: its rest is added to the value.
pub fn parse_plain(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut attributes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.split('\n').map(|line| line.trim_end_matches('\r')) {
        if let Some(value) = line.strip_prefix(' ') {
            if let Some(values) = current.as_ref().and_then(|key| attributes.get_mut(key)) {
                values.push(value.to_owned());
            }
        } else if let Some((key, inline)) = key_of(line) {
            let values = inline
                .split(' ')
                .filter(|value| !value.is_empty())
                .map(str::to_owned);
            attributes.insert(key.to_owned(), values.collect());
            current = Some(key.to_owned());
        } else if let Some(last) = current
            .as_ref()
            .and_then(|key| attributes.get_mut(key)?.last_mut())
            && !line.is_empty()
        {
            last.push('\n');
            last.push_str(line);
        }
    }
    attributes
}

/// The key of a line and what stands behind it. A native key has a colon of its own.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let native = "dsAttrTypeNative:";
    let after_prefix = line.strip_prefix(native).map_or(0, |_| native.len());
    let colon = after_prefix + line.get(after_prefix..)?.find(':')?;
    let (key, rest) = (line.get(..colon)?, line.get(colon + 1..)?);
    let is_key = key.len() > after_prefix && !key.contains([' ', '\t', ';', '<']);
    (is_key && (rest.is_empty() || rest.starts_with(' '))).then_some((key, rest))
}

#[cfg(test)]
mod tests {
    use super::parse_plain;

    #[test]
    fn values_stand_on_the_line_or_below_it() {
        let read = parse_plain(
            "dsAttrTypeNative:IsHidden: YES\nRealName:\n Ann: the 1st\n O'Neil\nlast\nUniqueID: 501\n",
        );
        assert_eq!(read["dsAttrTypeNative:IsHidden"], ["YES"]);
        assert_eq!(read["RealName"], ["Ann: the 1st", "O'Neil\nlast"]);
        assert_eq!(read["UniqueID"], ["501"]);
    }
}
