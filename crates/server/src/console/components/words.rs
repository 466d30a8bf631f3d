//! The API's words as people write them.

/// A processor family.
pub(crate) fn chip(word: &str) -> &str {
    match word {
        "apple_silicon" => "Apple silicon",
        "intel" => "Intel",
        other => other,
    }
}

/// A volume format.
pub(crate) fn volume_format(word: &str) -> &str {
    match word {
        "apfs" => "APFS",
        "hfs" => "Mac OS Extended",
        other => other,
    }
}
