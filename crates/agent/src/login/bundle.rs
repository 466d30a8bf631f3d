//! The plug-in's bundle on the disk.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use login_handover::place::{BUNDLE, LIBRARY};

/// Writable by others than the owner.
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// What lies where the plug-in belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Bundle {
    /// Nothing.
    Missing,
    /// Something that macOS must not be told to load into a login, for this reason.
    Unfit(String),
    /// The plug-in.
    Ready,
}

impl Bundle {
    /// Looks at the bundle of the Mac whose file system begins at `root`: from the bundle down to its library, nobody but
    /// root may have put or may change anything there.
    pub(super) fn look(root: &Path) -> Self {
        let library = root.join(LIBRARY);
        let bundle = root.join(BUNDLE);
        let parts = library.ancestors().take_while(|part| part.starts_with(&bundle));
        for part in parts {
            match fs::symlink_metadata(part) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::Missing,
                Err(error) => return Self::Unfit(format!("look at {}: {error}", part.display())),
                Ok(seen) => {
                    if let Some(why) = unfit(&seen, part == library) {
                        return Self::Unfit(format!("{} {why}", part.display()));
                    }
                }
            }
        }
        Self::Ready
    }
}

fn unfit(seen: &Metadata, is_library: bool) -> Option<&'static str> {
    let kind = seen.file_type();
    if is_library && !kind.is_file() || !is_library && !kind.is_dir() {
        return Some("is neither a folder nor the library");
    }
    if seen.uid() != nix::unistd::geteuid().as_raw() {
        return Some("belongs to somebody else than root");
    }
    (seen.mode() & WRITABLE_BY_OTHERS != 0).then_some("can be written by others than root")
}

#[cfg(test)]
mod tests {
    use std::fs::{DirBuilder, Permissions};
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn installed() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let library = root.path().join(LIBRARY);
        let mut folders = DirBuilder::new();
        folders
            .recursive(true)
            .mode(0o755)
            .create(library.parent().unwrap())
            .unwrap();
        fs::write(&library, "a library").unwrap();
        fs::set_permissions(&library, Permissions::from_mode(0o755)).unwrap();
        root
    }

    #[test]
    fn a_bundle_of_roots_alone_is_ready() {
        assert_eq!(Bundle::look(installed().path()), Bundle::Ready);
    }

    #[test]
    fn a_bundle_or_library_that_is_not_there_is_missing() {
        let root = installed();
        fs::remove_file(root.path().join(LIBRARY)).unwrap();
        assert_eq!(Bundle::look(root.path()), Bundle::Missing);
        fs::remove_dir_all(root.path().join(BUNDLE)).unwrap();
        assert_eq!(Bundle::look(root.path()), Bundle::Missing);
    }

    #[test]
    fn a_bundle_that_others_can_write_is_unfit() {
        for part in [LIBRARY, BUNDLE] {
            let root = installed();
            fs::set_permissions(root.path().join(part), Permissions::from_mode(0o775)).unwrap();
            let seen = Bundle::look(root.path());
            assert!(
                matches!(&seen, Bundle::Unfit(why) if why.contains("written by others")),
                "{seen:?}"
            );
        }
    }

    #[test]
    fn a_link_in_the_librarys_place_is_unfit() {
        let root = installed();
        let library = root.path().join(LIBRARY);
        fs::rename(&library, root.path().join("elsewhere")).unwrap();
        symlink(root.path().join("elsewhere"), &library).unwrap();
        assert!(matches!(Bundle::look(root.path()), Bundle::Unfit(_)));
    }
}
