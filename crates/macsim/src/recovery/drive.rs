//! What somebody brings to open a disk with an institutional key.

/// An external drive with the keychain `FileVaultMaster.keychain` that holds the organisation's private half. It has no `Debug`:
/// both texts are secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Drive {
    /// What it is called below `/Volumes`.
    pub name: String,
    /// What opens the keychain.
    pub keychain_password: String,
    /// The private half of the key.
    pub private_half: String,
}

impl Drive {
    /// Where the keychain lies once the drive is connected.
    #[must_use]
    pub fn keychain(&self) -> String {
        format!("/Volumes/{}/FileVaultMaster.keychain", self.name)
    }
}
