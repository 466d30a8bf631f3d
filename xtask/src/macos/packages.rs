//! The cross compiler and linker, which Debian ships as the matched set that builds its browsers.

use crate::debian::{self, Requirement};
use crate::process;
use anyhow::{Context, Result};

/// Debian's compiler: never a compiler that rustup put earlier on the PATH.
pub const RUSTC: &str = "/usr/bin/rustc";
/// Debian's cargo, of the compiler's version.
pub const CARGO: &str = "/usr/bin/cargo";
/// Debian's clippy. Called by its path, because cargo looks for subcommands beside rustup's first.
pub const CARGO_CLIPPY: &str = "/usr/bin/cargo-clippy";
/// Compiles the C and assembly parts of dependencies.
pub const CLANG: &str = "clang-22";
/// Packs the C parts.
pub const ARCHIVER: &str = "llvm-ar-22";
/// Links Mach-O programs.
pub const LINKER: &str = "rust-lld";
/// Lists what a Mach-O program takes from which library.
pub const SYMBOL_LISTER: &str = "llvm-nm-22";

/// The newest compiler whose warnings were seen. Debian replaces the set by security updates; a lint that
/// only a newer one knows must not stop a change that has nothing to do with it.
const KNOWN_COMPILER: &str = "1.96";

const fn package(package: &'static str, because: &'static str) -> Requirement {
    Requirement {
        package,
        because,
        present_when: &[],
    }
}

const REQUIREMENTS: &[Requirement] = &[
    package(
        "rustc-web",
        "the compiler that can target macOS, because its own std can be built",
    ),
    package("cargo-web", "the cargo of that compiler's version"),
    package("rust-web-src", "std's source and all that it depends on"),
    package("rust-web-clippy", "clippy of that compiler's version"),
    package(
        "rust-web-llvm",
        "names the linker as the compiler wants it, and strips symbols",
    ),
    package("lld-22", "the linker for Mach-O"),
    package("clang-22", "compiles the C and assembly in ring"),
    package("llvm-22", "archives compiled C, lists a program's symbols"),
    Requirement {
        package: "gcc",
        because: "links build scripts",
        present_when: &["cc", "--version"],
    },
];

/// Installs the set.
pub fn install() -> Result<()> {
    debian::require(REQUIREMENTS)
}

/// What Debian's compiler says of itself, e.g. `rustc 1.96.0 (ac68faa20 2026-05-25)`.
pub fn compiler_version() -> Result<String> {
    let printed = process::output(process::command(RUSTC).arg("-V").env_remove("LD_LIBRARY_PATH"))?;
    Ok(printed.trim().to_owned())
}

/// The folder of std's source.
pub fn std_source() -> Result<std::path::PathBuf> {
    let root = process::output(
        process::command(RUSTC)
            .args(["--print", "sysroot"])
            .env_remove("LD_LIBRARY_PATH"),
    )?;
    let link = std::path::Path::new(root.trim()).join("lib/rustlib/src/rust");
    link.canonicalize()
        .with_context(|| format!("find std's source at {}", link.display()))
}

/// Whether a warning of `compiler` fails the check.
pub fn warnings_are_errors(compiler: &str) -> bool {
    compiler
        .split(' ')
        .nth(1)
        .is_some_and(|version| version.starts_with(KNOWN_COMPILER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_known_compilers_warnings_fail_the_check() {
        assert!(warnings_are_errors(
            "rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)"
        ));
        assert!(!warnings_are_errors("rustc 1.97.1 (0123 2026-08-01)"));
        assert!(!warnings_are_errors(""));
    }
}
