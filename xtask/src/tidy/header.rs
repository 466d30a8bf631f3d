//! A crate and a program say in their first lines what they are and what they must never know.

use super::Breach;

/// Reports a crate root that does not begin with `//!`.
pub fn check(path: &str, text: &str) -> Option<Breach> {
    let begins = text.starts_with("//! ");
    (is_crate_root(path) && !begins).then(|| {
        Breach::in_file(
            path,
            "begin with `//!`: what this crate is and what it must never know",
        )
    })
}

fn is_crate_root(path: &str) -> bool {
    let folders: Vec<&str> = path.split('/').collect();
    matches!(
        folders.as_slice(),
        [.., "src", "lib.rs" | "main.rs"] | [.., "src", "bin", _]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_roots_need_a_header() {
        for root in [
            "crates/trust/src/lib.rs",
            "xtask/src/main.rs",
            "crates/agent/src/bin/bestow-agent.rs",
        ] {
            assert!(check(root, "use std::fmt;\n").is_some(), "{root}");
            assert_eq!(check(root, "//! The domain.\n"), None, "{root}");
        }
    }

    #[test]
    fn other_files_may_begin_otherwise() {
        assert_eq!(check("crates/trust/src/chain.rs", "use std::fmt;\n"), None);
        assert_eq!(check("crates/trust/src/chain/main.rs", "use std::fmt;\n"), None);
    }
}
