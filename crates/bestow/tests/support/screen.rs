//! The person at a simulated Mac's screen, who asks its agent as the Bestow Service Account app does.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::thread;

use rustix::process::{Uid, geteuid};
use utility_protocol::client::Client;
use utility_protocol::place::SOCKET;

use super::site::Site;
use super::wait;

/// Somebody at the screen.
pub struct Person {
    user: u32,
    root: PathBuf,
}

impl Person {
    /// Puts `account` in front of the screen, as a user that the test can play: root plays anybody, others only themselves.
    pub fn sits_down(site: &Site, account: &str) -> Self {
        let ours = geteuid();
        let seat = |mac: &mut macsim::Mac| {
            mac.session.console_user = Some(account.to_owned());
            let user = mac.directory.user_mut(account).unwrap();
            if !ours.is_root() {
                user.attributes.set("UniqueID", [ours.as_raw().to_string()]);
            }
            u32::try_from(user.uid()).unwrap()
        };
        let user = site.mac.home.change(seat).unwrap();
        // A folder of a test is its owner's; the person has to come as far as the socket.
        for part in [site.folder().as_path(), site.mac.home.dir()] {
            fs::set_permissions(part, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let root = site.mac.home.root();
        Self { user, root }
    }

    /// What the person does, once an agent listens.
    pub fn does<T: Send>(&self, act: impl FnOnce(&Client) -> T + Send) -> T {
        let client = self.client();
        let act = move || {
            if geteuid().is_root() {
                rustix::thread::set_thread_uid(Uid::from_raw(self.user)).unwrap();
            }
            act(&client)
        };
        thread::scope(|scope| scope.spawn(act).join().unwrap())
    }

    /// The app's side of the socket, once an agent listens: whoever uses it asks as the user of the test.
    pub fn client(&self) -> Client {
        wait::until("the agent to listen to the screen", || {
            self.root.join(SOCKET).exists().then_some(())
        });
        Client::new(&self.root)
    }
}
