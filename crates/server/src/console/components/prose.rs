//! Sentences of the catalogue as markup: what stands between backticks is code.

use maud::{Markup, html};

/// A sentence; its parts between backticks are set as code.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A text that begins like a sentence.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn code_is_set_as_code_and_text_stays_text() {
        let shown = prose("Run `a <b>` and wait.").into_string();
        assert_eq!(shown, "Run <code>a &lt;b&gt;</code> and wait.");
        assert_eq!(prose("No code & none.").into_string(), "No code &amp; none.");
    }
}
