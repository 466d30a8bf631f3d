//! Words of the language that are allowed in few places or nowhere: `unsafe`, unfinished code, tests that
//! are switched off.

use super::Breach;

/// Where `unsafe` may stand: what calls Apple's frameworks, and the two sides of an authorization plug-in's C interface, of
/// which the second is there for tests.
const UNSAFE_ALLOWED: &[&str] = &[
    "crates/mac-sys/",
    "crates/login-plugin/src/abi.rs",
    "crates/login-plugin/src/abi/tests.rs",
    "crates/authorization-host/src/callbacks.rs",
    "crates/authorization-host/src/plugin.rs",
];

/// Reports the words in `code`, the text of a Rust file without comments and literals.
pub fn check(path: &str, code: &str) -> Vec<Breach> {
    let unsafe_allowed = UNSAFE_ALLOWED.iter().any(|place| path.starts_with(place));
    let mut breaches = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let mut report = |what| breaches.push(Breach::at_line(path, index + 1, what));
        if has_word(line, "unsafe") && !unsafe_allowed {
            report("`unsafe` stands in `mac-sys` and in the files of the plug-in's C interface only");
        }
        if has_word(line, "todo!") || has_word(line, "unimplemented!") {
            report("unfinished code");
        }
        if line.contains("#[ignore") {
            report("a test that is switched off");
        }
    }
    breaches
}

fn has_word(line: &str, word: &str) -> bool {
    let part_of_name = |neighbour: Option<char>| neighbour.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        !part_of_name(before.chars().next_back())
            && (word.ends_with('!') || !part_of_name(after.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_is_kept_to_its_places() {
        assert_eq!(
            check("crates/agent/src/lib.rs", "fn a() {}\nunsafe { a() }").len(),
            1
        );
        assert_eq!(check("crates/mac-sys/src/keychain.rs", "unsafe { a() }"), []);
        assert_eq!(check("crates/login-plugin/src/abi.rs", "unsafe { a() }"), []);
        assert_eq!(check("crates/login-plugin/src/lib.rs", "unsafe { a() }").len(), 1);
    }

    #[test]
    fn the_lint_of_that_name_is_not_unsafe_code() {
        assert_eq!(check("crates/agent/src/lib.rs", "#![deny(unsafe_code)]"), []);
    }

    #[test]
    fn unfinished_code_and_ignored_tests_are_found_with_their_lines() {
        let found = check(
            "a.rs",
            "fn a() { todo!() }\n\n#[ignore]\n#[ignore = \"slow\"]\nunimplemented!(\"x\")",
        );
        let lines: Vec<_> = found.iter().map(|breach| breach.line).collect();
        assert_eq!(lines, [Some(1), Some(3), Some(4), Some(5)]);
    }

    #[test]
    fn names_that_contain_the_words_are_fine() {
        assert_eq!(check("a.rs", "my_todo!(); let not_unsafe = ignored;"), []);
    }
}
