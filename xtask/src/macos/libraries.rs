//! The table of Apple's libraries that the agent links, and the few names it takes from each:
//! `macos/libraries.txt`.

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};

/// A library of macOS as the linker must know it.
#[derive(Debug, PartialEq)]
pub struct Library {
    /// Its path on a Mac, which is what a linked program names.
    pub install_name: String,
    /// The symbols that our programs may take from it, sorted.
    pub symbols: Vec<String>,
}

impl Library {
    /// The path of its stub in an SDK.
    pub fn stub_path(&self) -> String {
        let path = self.install_name.trim_start_matches('/');
        match path.split_once("/Versions/") {
            // …/Security.framework/Versions/A/Security → …/Security.framework/Security.tbd
            Some((framework, version)) => {
                format!(
                    "{framework}/{}.tbd",
                    version.split('/').next_back().unwrap_or_default()
                )
            }
            // usr/lib/libiconv.2.dylib → usr/lib/libiconv.tbd: the name that `-liconv` asks for
            None => format!("{}.tbd", path.split('.').next().unwrap_or(path)),
        }
    }

    /// The stub: a text-based library, version 4, for both kinds of Macs.
    pub fn stub(&self) -> String {
        let targets = "[ x86_64-macos, arm64-macos ]";
        let mut stub = format!(
            "--- !tapi-tbd\ntbd-version: 4\ntargets: {targets}\ninstall-name: '{}'\n",
            self.install_name
        );
        if !self.symbols.is_empty() {
            let names: Vec<String> = self.symbols.iter().map(|symbol| format!("'{symbol}'")).collect();
            let names = names.join(", ");
            stub += &format!("exports:\n  - targets: {targets}\n    symbols: [ {names} ]\n");
        }
        stub + "...\n"
    }
}

/// The table of `workspace`.
pub fn read(workspace: &Workspace) -> Result<Vec<Library>> {
    let path = workspace.root().join("macos/libraries.txt");
    let text = std::fs::read_to_string(&path).with_context(|| format!("read {}", path.display()))?;
    parse(&text).with_context(|| format!("understand {}", path.display()))
}

fn parse(text: &str) -> Result<Vec<Library>> {
    let mut libraries: Vec<Library> = Vec::new();
    for line in text.lines().map(str::trim) {
        match (line, libraries.last_mut()) {
            ("", _) => {}
            (comment, _) if comment.starts_with('#') => {}
            (path, _) if path.starts_with('/') => {
                libraries.push(Library {
                    install_name: path.to_owned(),
                    symbols: vec![],
                });
            }
            (symbol, Some(library)) if symbol.starts_with('_') => {
                if library
                    .symbols
                    .last()
                    .is_some_and(|before| before.as_str() >= symbol)
                {
                    bail!("`{symbol}` stands out of order or twice");
                }
                library.symbols.push(symbol.to_owned());
            }
            (other, _) => bail!("`{other}` is neither a library's path nor a symbol under one"),
        }
    }
    Ok(libraries)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# why\n/usr/lib/libiconv.2.dylib\n  _iconv\n  _iconv_close\n\n\
        /System/Library/Frameworks/Security.framework/Versions/A/Security\n  _SecRandomCopyBytes\n";

    #[test]
    fn a_table_is_libraries_with_symbols() {
        let libraries = parse(TABLE).unwrap();
        assert_eq!(libraries[0].symbols, ["_iconv", "_iconv_close"]);
        assert_eq!(libraries[1].symbols, ["_SecRandomCopyBytes"]);
    }

    #[test]
    fn stubs_lie_where_the_linker_looks() {
        let paths: Vec<String> = parse(TABLE).unwrap().iter().map(Library::stub_path).collect();
        assert_eq!(
            paths,
            [
                "usr/lib/libiconv.tbd",
                "System/Library/Frameworks/Security.framework/Security.tbd"
            ]
        );
    }

    #[test]
    fn a_stub_names_the_library_and_its_symbols() {
        let stub = parse(TABLE).unwrap()[0].stub();
        assert!(
            stub.contains("install-name: '/usr/lib/libiconv.2.dylib'"),
            "{stub}"
        );
        assert!(stub.contains("symbols: [ '_iconv', '_iconv_close' ]"), "{stub}");
    }

    #[test]
    fn a_library_that_is_only_named_has_a_stub_without_exports() {
        let stub = parse("/usr/lib/libiconv.2.dylib").unwrap()[0].stub();
        assert!(!stub.contains("exports"), "{stub}");
    }

    #[test]
    fn disorder_and_strange_lines_are_refused() {
        for wrong in ["/lib\n_b\n_a", "/lib\n_a\n_a", "_a", "/lib\nSecRandom"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn our_own_table_is_well_formed() {
        let libraries = read(&Workspace::here().unwrap()).unwrap();
        assert!(!libraries.is_empty());
    }
}
