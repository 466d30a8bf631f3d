//! Where the agent keeps its files.

use std::path::{Path, PathBuf};

use login_handover::place;

/// The agent's folders and files on one Mac.
#[derive(Debug, Clone)]
pub struct Paths {
    root: PathBuf,
    state: PathBuf,
}

impl Paths {
    /// Where the agent keeps its state on a Mac.
    pub const STATE: &str = place::STATE;

    /// The paths of a Mac whose file system begins at `root`: `/`, or the folder of a simulated Mac.
    pub fn new(root: &Path, state: Option<&Path>) -> Self {
        let state = state.map_or_else(|| root.join(Self::STATE), Path::to_path_buf);
        Self {
            root: root.to_path_buf(),
            state,
        }
    }

    /// Where the Mac's file system begins.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that holds all of the agent's state, mode 0700.
    pub fn state(&self) -> &Path {
        &self.state
    }

    /// Which server, which device.
    pub fn enrolment(&self) -> PathBuf {
        self.state.join("enrolment.json")
    }

    /// The device's private keys, where there is no keychain.
    pub fn keys(&self) -> PathBuf {
        self.state.join("keys.json")
    }

    /// The stand-in for the System keychain, where there is none. Ciphertext only.
    pub fn keychain(&self) -> PathBuf {
        self.state.join("keychain.json")
    }

    /// The key to that stand-in.
    pub fn keychain_key(&self) -> PathBuf {
        self.state.join("keychain-key.json")
    }

    /// The same for the local administrator.
    pub fn local_administrator_keychain(&self) -> PathBuf {
        self.state.join("keychain-local-administrator.json")
    }

    /// What is remembered of the local administrator. Passwords in it are sealed to the vault.
    pub fn local_administrator(&self) -> PathBuf {
        self.state.join("local-administrator.json")
    }

    /// What is remembered of the service account. Nothing in it is secret.
    pub fn service_account(&self) -> PathBuf {
        self.state.join("service-account.json")
    }

    /// What is remembered of the recovery key. Keys in it are sealed to the vault.
    pub fn recovery_key(&self) -> PathBuf {
        self.state.join("recovery-key.json")
    }

    /// Where macOS leaves a recovery key, encrypted, for an escrow profile.
    pub fn escrow_file(&self) -> PathBuf {
        self.root.join("var/db/FileVaultPRK.dat")
    }

    /// Which passwords were tried in vain.
    pub fn attempts(&self) -> PathBuf {
        self.state.join("attempts.json")
    }

    /// Which wrong passwords people at the Mac have typed into the app.
    pub fn guesses(&self) -> PathBuf {
        self.state.join("guesses.json")
    }

    /// One file for each action.
    pub fn journal(&self) -> PathBuf {
        self.state.join("journal")
    }

    /// What was proved of which account.
    pub fn proofs(&self) -> PathBuf {
        self.state.join("proofs.json")
    }

    /// Who was made an administrator for the moment of a grant.
    pub fn promotions(&self) -> PathBuf {
        self.state.join("promotions.json")
    }

    /// How many logins there were.
    pub fn logins(&self) -> PathBuf {
        self.state.join("logins.json")
    }

    /// Where the login plug-in tells of logins. It finds this place by itself, wherever the state is.
    pub fn login_socket(&self) -> PathBuf {
        self.root.join(place::SOCKET)
    }

    /// Where the app of the person at the screen asks. It finds this place by itself, wherever the state is.
    pub fn utility_socket(&self) -> PathBuf {
        self.root.join(utility_protocol::place::SOCKET)
    }

    /// That the agent is being uninstalled.
    pub fn uninstall(&self) -> PathBuf {
        self.state.join("uninstall.json")
    }

    /// Held by the agent and by every tool that it started.
    pub fn lock(&self) -> PathBuf {
        self.state.join("agent.lock")
    }
}
