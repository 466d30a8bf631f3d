//! What is handed over, and when not.

use std::ffi::CStr;
use std::time::Duration;

use login_handover::message::{self, LONGEST};
use login_handover::place;
use zeroize::Zeroizing;

use crate::agent::{self, Untold};
use crate::deadline::Deadline;

/// The longest that a login may be held up. The promise is two seconds; the other half is for a Mac that is busy starting.
pub const LIMIT: Duration = Duration::from_secs(1);

const _: () = assert!(
    LIMIT.as_millis() < 2_000,
    "I9: a login is answered within two seconds"
);

/// The record name of the account, and the password, as macOS has verified them.
const ACCOUNT: &CStr = c"username";
const PASSWORD: &CStr = c"password";

/// The longest path of a socket on any system.
const LONGEST_PATH: usize = 108;

/// What macOS knows of the login that is under way.
pub trait Context {
    /// A value of the authorization's context. The context holds what macOS has verified; hints are not asked, because
    /// any mechanism may write them.
    fn value(&self, key: &CStr) -> Option<&[u8]>;
}

/// Hands the login to the agent of the Mac on which this library lies at `library`.
///
/// # Errors
/// When there was nothing to hand over or nobody took it. Nobody is told: a login has no use for the reason.
pub fn hand_over(context: &impl Context, library: &[u8], deadline: Deadline) -> Result<(), Untold> {
    let mut path = [0; LONGEST_PATH];
    let socket = place::socket_beside(library, &mut path).ok_or(Untold::NoAgent)?;
    let value = |key| context.value(key).map(without_end).ok_or(Untold::NoLogin);
    // The message is written in place: a copy that is moved would leave the password behind.
    let mut buffer = Zeroizing::new([0; LONGEST]);
    let message =
        message::write(&mut buffer, value(ACCOUNT)?, value(PASSWORD)?).map_err(|_| Untold::NoLogin)?;
    agent::tell(socket, message, deadline)
}

/// Some mechanisms count the zero that ends a text in C, some do not.
fn without_end(value: &[u8]) -> &[u8] {
    value.strip_suffix(b"\0").unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::os::unix::net::UnixListener;

    use super::*;

    type Values = &'static [(&'static CStr, &'static [u8])];

    struct Fixed(Values);

    impl Context for Fixed {
        fn value(&self, key: &CStr) -> Option<&[u8]> {
            self.0
                .iter()
                .find(|(known, _)| *known == key)
                .map(|(_, value)| *value)
        }
    }

    /// A Mac on which an agent listens: where the plug-in lies, and the agent's socket.
    fn mac(folder: &tempfile::TempDir) -> (Vec<u8>, UnixListener) {
        let root = folder.path().to_str().unwrap();
        std::fs::create_dir_all(format!("{root}/{}", place::STATE)).unwrap();
        let listener = UnixListener::bind(format!("{root}/{}", place::SOCKET)).unwrap();
        (format!("{root}/{}", place::LIBRARY).into_bytes(), listener)
    }

    #[test]
    fn the_agent_is_told_account_and_password_without_the_end_of_the_text() {
        let folder = tempfile::tempdir().unwrap();
        let (library, listener) = mac(&folder);
        let agent = std::thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut message = [0; 17];
            connection.read_exact(&mut message).unwrap();
            message
        });
        let context = Fixed(&[(ACCOUNT, b"ada\0"), (PASSWORD, b"orchid-77\0")]);
        let deadline = Deadline::after(Duration::from_secs(60));
        assert_eq!(hand_over(&context, &library, deadline), Ok(()));
        assert_eq!(&agent.join().unwrap(), b"\x01\x00\x03\x00\x09adaorchid-77");
    }

    #[test]
    fn a_login_without_account_or_password_is_not_told() {
        let folder = tempfile::tempdir().unwrap();
        let (library, listener) = mac(&folder);
        listener.set_nonblocking(true).unwrap();
        let contexts: [Values; 5] = [
            &[],
            &[(ACCOUNT, b"ada")],
            &[(PASSWORD, b"orchid-77")],
            &[(ACCOUNT, b"ada"), (PASSWORD, b"\0")],
            &[(ACCOUNT, b"ada"), (PASSWORD, b"\xff\xfe")],
        ];
        for context in contexts.map(Fixed) {
            let told = hand_over(&context, &library, Deadline::after(Duration::from_secs(60)));
            assert_eq!(told, Err(Untold::NoLogin));
        }
        let nobody_came = listener.accept().unwrap_err();
        assert_eq!(nobody_came.kind(), std::io::ErrorKind::WouldBlock);
    }

    #[test]
    fn a_plug_in_that_lies_elsewhere_tells_nobody() {
        let context = Fixed(&[(ACCOUNT, b"ada"), (PASSWORD, b"orchid-77")]);
        let told = hand_over(&context, b"/tmp/bestow", Deadline::after(Duration::from_secs(60)));
        assert_eq!(told, Err(Untold::NoAgent));
    }
}
