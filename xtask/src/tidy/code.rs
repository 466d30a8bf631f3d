//! The code of a Rust file without its comments and literals, so that words are found only where they
//! mean something.

/// `text` with every comment and every character and string literal replaced by spaces; lines and columns
/// stay where they are (a character outside ASCII becomes one space for each of its bytes).
pub fn only(text: &str) -> String {
    let mut rest = text;
    let mut code = String::with_capacity(text.len());
    let mut in_name = false;
    while let Some(first) = rest.chars().next() {
        let hidden = if in_name { 0 } else { hidden_prefix(rest) };
        let (taken, after) = rest.split_at(if hidden > 0 { hidden } else { first.len_utf8() });
        if hidden > 0 {
            code.extend(taken.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        } else {
            code.push_str(taken);
        }
        // The `r` that ends `for` or `br` in the middle of a name begins no literal.
        in_name = hidden == 0 && (first.is_alphanumeric() || first == '_');
        rest = after;
    }
    code
}

/// Length of the comment or literal with which `text` begins, or 0.
fn hidden_prefix(text: &str) -> usize {
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return block_comment(text);
    }
    let unprefixed = text.trim_start_matches(['b', 'c']);
    let prefix = text.len() - unprefixed.len();
    if prefix > 1 {
        return 0;
    }
    let body = match unprefixed.chars().next() {
        Some('"') => quoted(unprefixed, '"'),
        Some('\'') => character(unprefixed),
        Some('r') => raw_string(unprefixed),
        _ => 0,
    };
    if body == 0 { 0 } else { prefix + body }
}

fn block_comment(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while at < text.len() {
        let here = &text.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if here.starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
        } else {
            at += 1;
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// Length of a literal that begins and ends with `quote`, with backslash escapes.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of a character literal, or 0 when the quote begins a lifetime or a label.
fn character(text: &str) -> usize {
    let mut chars = text.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(text, '\''),
        _ => 0,
    }
}

/// Length of `r"…"` or `r#"…"#`, or 0 when the `r` begins a name or a raw identifier.
fn raw_string(text: &str) -> usize {
    let after = &text[1..];
    let hashes = after.len() - after.trim_start_matches('#').len();
    let Some(body) = after[hashes..].strip_prefix('"') else {
        return 0;
    };
    let end = format!("\"{}", "#".repeat(hashes));
    let start = text.len() - body.len();
    body.find(&end).map_or(text.len(), |at| start + at + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        only(text).split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn comments_vanish() {
        assert_eq!(
            words("a // unsafe\nb /* unsafe /* nested */ still */ c"),
            ["a", "b", "c"]
        );
        assert_eq!(words("/// unsafe\nfn f() {}"), ["fn", "f()", "{}"]);
    }

    #[test]
    fn strings_vanish() {
        assert_eq!(
            words(r#"f("unsafe \" still", b"unsafe", c"unsafe") g"#),
            ["f(", ",", ",", ")", "g"]
        );
        assert_eq!(
            words("f(r\"unsafe\\\") g(r#\"unsafe \" still\"#) h(br\"x\")"),
            ["f(", ")", "g(", ")", "h(", ")"]
        );
    }

    #[test]
    fn character_literals_vanish_and_lifetimes_stay() {
        assert_eq!(words("f('\"') unsafe ('\\'')"), ["f(", ")", "unsafe", "(", ")"]);
        assert_eq!(
            words("fn f<'a>(x: &'a str) { 'outer: loop {} }")
                .join(" ")
                .matches('\'')
                .count(),
            3
        );
    }

    #[test]
    fn names_that_end_like_a_prefix_are_names() {
        assert_eq!(
            words("for r in b { xr#type }"),
            ["for", "r", "in", "b", "{", "xr#type", "}"]
        );
        assert_eq!(
            words("let r#unsafe_name = 1;"),
            ["let", "r#unsafe_name", "=", "1;"]
        );
    }

    #[test]
    fn lines_stay_where_they_are() {
        let text = "a\n\"b\nc\"\n/* d\n*/ e";
        let code = only(text);
        assert_eq!(code.lines().count(), text.lines().count());
        assert_eq!(code.lines().last().map(str::trim), Some("e"));
    }

    #[test]
    fn what_is_never_closed_ends_with_the_text() {
        for text in ["\"a", "/* a", "r#\"a", "'\\"] {
            assert_eq!(only(text).trim(), "", "{text}");
        }
    }
}
