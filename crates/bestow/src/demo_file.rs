//! `demo.json`: what a running demo tells to scripts. It holds the throw-away passwords of simulated Macs, is readable
//! by its owner alone, and belongs to a server that only this computer can reach.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use trust::id::DeviceId;
use zeroize::Zeroizing;

use crate::exit::Failure;

/// The file's name in the demo's folder.
pub const NAME: &str = "demo.json";

/// What stands in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct DemoFile {
    /// The server's address.
    pub url: String,
    /// Signs a person in to the console, once.
    #[serde(serialize_with = "in_clear")]
    pub sign_in_link: SecretString,
    /// For programs.
    #[serde(serialize_with = "in_clear")]
    pub api_token: SecretString,
    /// The simulated Macs.
    pub devices: Vec<DemoDevice>,
}

/// One simulated Mac.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoDevice {
    /// Its id at the server.
    pub id: DeviceId,
    /// Its name there.
    pub name: String,
    /// Its serial number. Demos of earlier versions did not tell it.
    #[serde(default)]
    pub serial_number: String,
    /// What is special about it, by the simulator's word.
    pub situation: String,
    /// Its directory, for `macsim`.
    pub macsim: PathBuf,
    /// Its accounts.
    pub accounts: Vec<DemoAccount>,
}

/// One account of a simulated Mac.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoAccount {
    /// Record name.
    pub name: String,
    /// Throw-away password.
    #[serde(serialize_with = "in_clear")]
    pub password: SecretString,
    /// `administrator` or `standard`.
    pub role: String,
}

fn in_clear<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

impl DemoFile {
    /// Reads the file in `folder`.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let file = folder.join(NAME);
        let text = std::fs::read_to_string(&file).map_err(|error| {
            Failure::usage(format!(
                "{} cannot be read: {error}. --demo and BESTOW_DEMO name the folder of a running demo; the demo prints \
                 it when it starts.",
                file.display()
            ))
        })?;
        let text = Zeroizing::new(text);
        Ok(serde_json::from_str(&text).with_context(|| format!("read {}", file.display()))?)
    }

    /// Writes the file in `folder`, mode 0600, as a whole or not at all.
    pub fn write(&self, folder: &Path) -> Result<(), Failure> {
        let path = folder.join(NAME);
        let write = || -> anyhow::Result<()> {
            let json = Zeroizing::new(serde_json::to_string_pretty(self)?);
            // A temporary file is made with mode 0600.
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(json.as_bytes())?;
            file.persist(&path)?;
            Ok(())
        };
        Ok(write().with_context(|| format!("write {}", path.display()))?)
    }

    /// The server's address, and the token for it.
    pub fn connection(&self) -> Result<(Url, SecretString), Failure> {
        let server = self.url.parse().context("read the address of the demo")?;
        Ok((server, self.api_token.clone()))
    }

    /// The throw-away password of an account on a simulated Mac.
    pub fn password(&self, device: DeviceId, account: &str) -> Result<SecretString, Failure> {
        let device = self.devices.iter().find(|known| known.id == device);
        let password = device.and_then(|device| device.password(account));
        password.cloned().ok_or_else(|| {
            Failure::usage(format!(
                "The demo's {NAME} has no password of {account}. Without --demo-passwords it is asked for."
            ))
        })
    }
}

impl DemoDevice {
    /// The password of one of its accounts.
    pub fn password(&self, account: &str) -> Option<&SecretString> {
        let account = self.accounts.iter().find(|known| known.name == account)?;
        Some(&account.password)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn it_is_for_its_owner_alone_and_comes_back_whole() {
        let folder = tempfile::tempdir().unwrap();
        let id: DeviceId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let written = DemoFile {
            url: "http://127.0.0.1:8420".to_owned(),
            sign_in_link: SecretString::from("http://127.0.0.1:8420/sign-in/x"),
            api_token: SecretString::from("token"),
            devices: vec![DemoDevice {
                id,
                name: "healthy".to_owned(),
                serial_number: "C02HEALTHY".to_owned(),
                situation: "healthy".to_owned(),
                macsim: PathBuf::from("macs/healthy"),
                accounts: vec![DemoAccount {
                    name: "ada".to_owned(),
                    password: SecretString::from("quo\"te"),
                    role: "administrator".to_owned(),
                }],
            }],
        };
        written.write(folder.path()).unwrap();
        let mode = std::fs::metadata(folder.path().join(NAME))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let read = DemoFile::read(folder.path()).unwrap();
        assert_eq!(read.connection().unwrap().0.as_str(), "http://127.0.0.1:8420/");
        assert_eq!(read.password(id, "ada").unwrap().expose_secret(), "quo\"te");
        assert!(read.password(id, "ben").is_err());
        assert!(!format!("{read:?}").contains("quo"));
    }
}
