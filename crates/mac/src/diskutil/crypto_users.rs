//! The crypto users of the boot volume: who can unlock it.

use plist::Dictionary;

use super::parse_crypto_tree;
use crate::xml_plist::{dictionaries, read_dictionary, text, truth};
use crate::{Call, Error, Runner, Tool};

/// One crypto user of an APFS volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CryptoUser {
    /// Its UUID, as it stands. For a local account this is the account's `GeneratedUID`.
    pub uuid: String,
    /// What it is.
    pub kind: CryptoUserKind,
    /// Whether it is a volume owner. Missing on Intel, where there is no such thing. Keys can be owners too.
    pub volume_owner: Option<bool>,
}

/// What a crypto user is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CryptoUserKind {
    /// A local account.
    LocalOpenDirectory,
    /// The personal recovery key. It can be listed although FileVault is off.
    PersonalRecovery,
    /// An institutional recovery key, or its user.
    InstitutionalRecovery,
    /// The bootstrap token of an MDM.
    MdmBootstrapToken,
    /// The user half of a recovery by iCloud.
    ICloudRecoveryUser,
    /// The key half of a recovery by iCloud.
    ICloudRecoveryKey,
    /// The password of an external disk.
    Disk,
    /// Another kind, in the tool's words.
    Other(String),
}

impl CryptoUserKind {
    /// The kind, by the tool's word for it and by the UUIDs that Apple keeps for its keys.
    pub(super) fn of(uuid: &str, word: &str) -> Self {
        let constant = match uuid.to_ascii_uppercase().as_str() {
            "EBC6C064-0000-11AA-AA11-00306543ECAC" => Some(Self::PersonalRecovery),
            "2457711A-523C-4604-B75A-F48A571D5036" => Some(Self::MdmBootstrapToken),
            "C064EBC6-0000-11AA-AA11-00306543ECAC" | "2FA31400-BAFF-4DE7-AE2A-C3AA6E1FD340" => {
                Some(Self::InstitutionalRecovery)
            }
            "EC1C2AD9-B618-4ED6-BD8D-50F361C27507" => Some(Self::ICloudRecoveryUser),
            "64C0C6EB-0000-11AA-AA11-00306543ECAC" => Some(Self::ICloudRecoveryKey),
            _ => None,
        };
        constant.unwrap_or_else(|| match word {
            "LocalOpenDirectory" | "Local Open Directory User" => Self::LocalOpenDirectory,
            "PersonalRecovery" | "Personal Recovery User" => Self::PersonalRecovery,
            "MDMRecovery" | "MDM Bootstrap Token External Key" => Self::MdmBootstrapToken,
            "iCloud Recovery User" => Self::ICloudRecoveryUser,
            "iCloud Recovery Key" => Self::ICloudRecoveryKey,
            "Disk" | "Disk User" => Self::Disk,
            other => Self::Other(other.to_owned()),
        })
    }
}

/// Lists the crypto users of the boot volume. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn crypto_users(runner: &dyn Runner) -> Result<Vec<CryptoUser>, Error> {
    let call = Call::fixed(Tool::Diskutil, ["apfs", "listCryptoUsers", "-plist", "/"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Diskutil))?;
    if let Some(users) = parse_crypto_users(&answer.stdout.text()) {
        return Ok(users);
    }
    // The oldest systems with APFS know no property list of these.
    let call = Call::fixed(Tool::Diskutil, ["apfs", "listCryptoUsers", "/"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Diskutil))?;
    parse_crypto_tree(&answer.stdout.text()).ok_or_else(|| super::unreadable(&answer))
}

/// The crypto users in the property list of `diskutil apfs listCryptoUsers`.
pub fn parse_crypto_users(said: &str) -> Option<Vec<CryptoUser>> {
    let list = read_dictionary(said)?;
    list.get("Users")?.as_array()?;
    Some(
        dictionaries(&list, "Users")
            .into_iter()
            .filter_map(read)
            .collect(),
    )
}

fn read(user: &Dictionary) -> Option<CryptoUser> {
    let uuid = text(user, "APFSCryptoUserUUID")?;
    let kind = CryptoUserKind::of(&uuid, &text(user, "APFSCryptoUserType").unwrap_or_default());
    Some(CryptoUser {
        uuid,
        kind,
        volume_owner: truth(user, "VolumeOwner"),
    })
}
