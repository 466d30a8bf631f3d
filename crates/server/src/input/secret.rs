//! Reading a secret out of JSON without leaving a copy behind. The parser's own buffers are not zeroised, so it only finds
//! where the text begins and ends; what stands in it is read here.

use secrecy::SecretString;
use serde_json::value::RawValue;
use wire::seal::LONGEST_SECRET;
use zeroize::Zeroizing;

const RULE: &str = "is a text of 1 to 1022 bytes without line breaks and NUL";

/// The secret, or the rule that it breaks.
pub(super) fn read(value: &RawValue) -> Result<SecretString, &'static str> {
    take(&unescape(value.get()).ok_or(RULE)?)
}

/// The text as a secret, or the rule that it breaks.
pub(crate) fn take(text: &Zeroizing<String>) -> Result<SecretString, &'static str> {
    let fits = (1..=LONGEST_SECRET).contains(&text.len());
    // Apple's tools take a password as a line.
    if !fits || text.contains(['\0', '\n', '\r']) {
        return Err(RULE);
    }
    Ok(SecretString::from(text.as_str()))
}

/// The text that a JSON string stands for; `None` when it is something else.
fn unescape(json: &str) -> Option<Zeroizing<String>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    // Escapes are longer than what they stand for, so this never grows.
    let mut text = Zeroizing::new(String::with_capacity(inner.len()));
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        text.push(match chars.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => escaped_unit(&mut chars)?,
            c @ ('"' | '\\' | '/') => c,
            _ => return None,
        });
    }
    Some(text)
}

/// The character of `\uXXXX`, or of two of them that are a surrogate pair.
fn escaped_unit(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let first = four_digits(chars)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first);
    }
    if (chars.next()?, chars.next()?) != ('\\', 'u') {
        return None;
    }
    let second = four_digits(chars)?;
    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)
}

fn four_digits(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |value, _| Some(value * 16 + chars.next()?.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn raw(json: &str) -> &RawValue {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_secret_is_what_json_says_it_is() {
        for json in [
            r#""plain""#,
            r#""ö €🦀""#,
            r#""a\"b\\c\/d\te\bf\f""#,
            r#""\u00e9\u20ac\ud83e\udd80\u0041""#,
            r#"" spaces ""#,
        ] {
            let expected: String = serde_json::from_str(json).unwrap();
            assert_eq!(read(raw(json)).unwrap().expose_secret(), expected, "{json}");
        }
    }

    #[test]
    fn what_no_tool_could_take_is_refused() {
        let long = format!("\"{}\"", "x".repeat(LONGEST_SECRET + 1));
        for json in [
            "\"\"",
            "1",
            "{}",
            "[\"x\"]",
            "true",
            r#""a\nb""#,
            r#""a\u0000b""#,
            &long,
        ] {
            assert_eq!(read(raw(json)).unwrap_err(), RULE, "{json}");
        }
        let longest = format!("\"{}\"", "x".repeat(LONGEST_SECRET));
        assert!(read(raw(&longest)).is_ok());
    }

    #[test]
    fn lone_surrogates_are_refused() {
        for json in [r#""\ud83e""#, r#""\ud83ex""#, r#""\ud83e\u0041""#, r#""\udd80""#] {
            assert!(read(raw(json)).is_err(), "{json}");
        }
    }
}
