//! What people may enter into the vault.

/// How many former values of a kind are kept of each Mac.
pub const MOST_LEGACY: u32 = 20;

/// How long a value is at most, in bytes.
const LONGEST: usize = 255;

/// Whether a text can be a Recovery Lock or firmware password: it is typed in a line, by somebody who reads it.
pub fn is_enterable(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len()) && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_typed_in_a_line_is_taken() {
        for text in ["x", "{braces}", "two words", "Grüße", &"x".repeat(LONGEST)] {
            assert!(is_enterable(text), "{text}");
        }
        for text in ["", "a\nb", "a\tb", "\u{7f}", &"x".repeat(LONGEST + 1)] {
            assert!(!is_enterable(text), "{text:?}");
        }
    }
}
