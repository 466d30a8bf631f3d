//! The stub SDK: just enough of a macOS SDK to compile C and to link. Apple's own may not be passed on.
//!
//! The C headers and the list of what libSystem exports come from the Zig project's package, the rest
//! from our table of libraries. A symbol that is in neither fails the link, as on a Mac.

use super::SDK_VERSION;
use super::libraries::Library;
use crate::wheel::Wheel;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The Zig compiler's package carries Apple's freely licensed C headers and a stub of libSystem.
const ZIG: Wheel = Wheel {
    package: "ziglang",
    version: "0.17.1",
    sha256: "ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54",
};
const ZIG_HEADERS: &str = "ziglang/lib/libc/include/any-darwin-any/";
const ZIG_LIBSYSTEM: &str = "ziglang/lib/libc/darwin/libSystem.tbd";

/// Names under which programs ask for libSystem.
const LIBSYSTEM_ALIASES: &[&str] = &["c", "dl", "m", "pthread", "System.B"];

/// The SDK under `cache` with stubs of `libraries`, laid out anew when either has changed.
pub fn lay_out(cache: &Path, libraries: &[Library]) -> Result<PathBuf> {
    let sdk = cache.join("sdk");
    let contents = sdk.join("contents.txt");
    let wanted = describe(libraries);
    if fs::read_to_string(&contents).is_ok_and(|present| present == wanted) {
        return Ok(sdk);
    }
    let base = cache.join(format!("zig-{}", ZIG.version));
    ZIG.unpack(&[ZIG_HEADERS, ZIG_LIBSYSTEM], &base)?;
    if sdk.exists() {
        fs::remove_dir_all(&sdk).context("remove the old SDK")?;
    }
    write(&sdk.join("SDKSettings.json"), &settings())?;
    let libsystem = fs::read_to_string(base.join(ZIG_LIBSYSTEM)).context("read libSystem's stub")?;
    write(&sdk.join("usr/lib/libSystem.tbd"), &for_arm64(&libsystem))?;
    for alias in LIBSYSTEM_ALIASES {
        write(
            &sdk.join(format!("usr/lib/lib{alias}.tbd")),
            &for_arm64(&libsystem),
        )?;
    }
    for library in libraries {
        write(&sdk.join(library.stub_path()), &library.stub())?;
    }
    link_headers(&base.join(ZIG_HEADERS), &sdk.join("usr/include"))?;
    write(&contents, &wanted)?;
    Ok(sdk)
}

fn describe(libraries: &[Library]) -> String {
    format!("zig {} sdk {SDK_VERSION}\n{libraries:#?}\n", ZIG.version)
}

fn settings() -> String {
    format!(
        "{{\"Version\": \"{SDK_VERSION}\", \"CanonicalName\": \"macosx{SDK_VERSION}\", \
         \"DefaultDeploymentTarget\": \"{SDK_VERSION}\", \"MaximumDeploymentTarget\": \"{SDK_VERSION}.99\", \
         \"SupportedTargets\": {{\"macosx\": {{\"PlatformFamilyName\": \"macOS\"}}}}}}\n"
    )
}

/// Zig's list names the architecture of Apple's own programs, arm64e, which exports what arm64 does; the
/// linker knows neither that nor arm64e's variants, so arm64 takes their place.
fn for_arm64(stub: &str) -> String {
    let known = ["arm64e.x1-macos", "arm64e.x1-maccatalyst"]
        .iter()
        .fold(stub.to_owned(), without);
    known.replace("arm64e-", "arm64-")
}

/// `list` without `entry` and the comma before it.
fn without(list: String, entry: &&str) -> String {
    let pieces: Vec<&str> = list.split(entry).collect();
    let (last, others) = pieces.split_last().unwrap_or((&"", &[]));
    let cut = others
        .iter()
        .map(|piece| piece.trim_end_matches([',', ' ', '\n']));
    cut.chain([*last]).collect()
}

#[cfg(unix)]
fn link_headers(headers: &Path, place: &Path) -> Result<()> {
    std::os::unix::fs::symlink(headers, place).with_context(|| format!("link {}", place.display()))
}

#[cfg(not(unix))]
fn link_headers(_headers: &Path, _place: &Path) -> Result<()> {
    anyhow::bail!("the stub SDK is laid out on Linux")
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("a file of the SDK stands in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arm64_takes_the_place_of_arm64e() {
        let zig = "targets: [ x86_64-macos, arm64e-macos, arm64e-maccatalyst, \n   arm64e.x1-macos, \
                   arm64e.x1-maccatalyst ]\nsymbols: [ _read ]\n";
        assert_eq!(
            for_arm64(zig),
            "targets: [ x86_64-macos, arm64-macos, arm64-maccatalyst ]\nsymbols: [ _read ]\n"
        );
    }

    #[test]
    fn a_changed_table_changes_the_description() {
        let library = |symbol: &str| Library {
            install_name: "/usr/lib/a.dylib".into(),
            symbols: vec![symbol.into()],
        };
        assert_ne!(describe(&[library("_a")]), describe(&[library("_b")]));
    }
}
