//! Sentences of the catalogue for a terminal: what stands between backticks, which the console sets as code, is quoted.

/// The sentence with quotation marks in the place of each pair of backticks.
pub fn prose(text: &str) -> String {
    let pairs = text.matches('`').count() / 2;
    text.replacen('`', "'", 2 * pairs)
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn code_is_quoted_and_text_stays_text() {
        assert_eq!(prose("Run `a b`, then `c`."), "Run 'a b', then 'c'.");
        assert_eq!(prose("Ben`s Mac"), "Ben`s Mac");
    }
}
