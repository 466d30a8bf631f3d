//! Where the socket and the plug-in lie. All paths count from the folder in which the Mac's file system begins: `/`, or the
//! folder of a simulated Mac. The plug-in finds that folder by looking at where it was loaded from, so that it needs no
//! setting, which somebody could change.

/// The folder of the agent's state, which only root may enter.
pub const STATE: &str = "Library/Application Support/Bestow";

/// The socket on which the agent takes logins.
pub const SOCKET: &str = "Library/Application Support/Bestow/login.sock";

/// The plug-in, as macOS installs such things: a bundle.
pub const BUNDLE: &str = "Library/Security/SecurityAgentPlugins/bestow.bundle";

/// The bundle's library.
pub const LIBRARY: &str = "Library/Security/SecurityAgentPlugins/bestow.bundle/Contents/MacOS/bestow";

/// The plug-in's mechanism as the authorization database names it: bundle, mechanism, and that it runs as root.
pub const MECHANISM: &str = "bestow:login,privileged";

/// Writes the path of the socket of that Mac into `buffer`, on which the plug-in was loaded from `library`.
///
/// `None` when the library lies elsewhere than [`LIBRARY`] says, or the path is longer than the buffer.
pub fn socket_beside<'a>(library: &[u8], buffer: &'a mut [u8]) -> Option<&'a [u8]> {
    let root = library.strip_suffix(LIBRARY.as_bytes())?;
    let path = buffer.get_mut(..root.len() + SOCKET.len())?;
    let (front, back) = path.split_at_mut_checked(root.len())?;
    // A root without its slash is another folder, whose name only ends in the same letters.
    root.ends_with(b"/").then_some(())?;
    front.copy_from_slice(root);
    back.copy_from_slice(SOCKET.as_bytes());
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(library: &str) -> Option<String> {
        let mut buffer = [0; 104];
        let path = socket_beside(library.as_bytes(), &mut buffer)?;
        Some(String::from_utf8(path.to_vec()).unwrap())
    }

    #[test]
    fn the_socket_belongs_to_the_mac_that_the_library_lies_on() {
        assert_eq!(beside(&format!("/{LIBRARY}")), Some(format!("/{SOCKET}")));
        assert_eq!(
            beside(&format!("/tmp/mac/root/{LIBRARY}")),
            Some(format!("/tmp/mac/root/{SOCKET}"))
        );
    }

    #[test]
    fn a_library_elsewhere_has_no_socket() {
        for elsewhere in ["", "/usr/lib/libbestow.dylib", LIBRARY, &format!("/My{LIBRARY}")] {
            assert_eq!(beside(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn a_path_that_no_socket_can_have_is_none() {
        assert_eq!(beside(&format!("/{}/{LIBRARY}", "x".repeat(80))), None);
    }

    #[test]
    fn the_parts_agree() {
        assert!(SOCKET.starts_with(STATE) && LIBRARY.starts_with(BUNDLE));
        let name = MECHANISM.split(':').next().unwrap();
        assert!(BUNDLE.ends_with(&format!("/{name}.bundle")));
    }
}
