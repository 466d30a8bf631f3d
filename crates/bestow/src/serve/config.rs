//! The configuration file of `bestow serve`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use server::DeviceManagement;
use wire::seal::SealingPublicKey;

use crate::exit::Failure;
use crate::listen::listen_address;
use crate::offline::public_key;

/// What `bestow.toml` says. A key that is not known is refused: it would be a setting that somebody believes in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The organisation's name, as people read it on the page that asks who uses a Mac.
    #[serde(default)]
    pub organization: Option<String>,
    /// Where to listen.
    #[serde(default = "default_listen", deserialize_with = "listen")]
    pub listen: SocketAddr,
    /// Where everything is kept. A relative path starts at the configuration file.
    pub data_dir: PathBuf,
    /// The file with the vault's key, which keeps secrets that were collected before their Mac enrolled. Beside the database
    /// unless told; keep it elsewhere to keep it out of copies of the database.
    #[serde(default)]
    pub vault_key: Option<PathBuf>,
    /// How many days such a secret waits for its Mac before it is destroyed.
    #[serde(default = "default_wait")]
    pub collected_secrets_wait_days: u16,
    /// The file with the keys that encrypt what agents escrow: recovery keys and bootstrap tokens. Beside the database unless
    /// told. Without it nobody can read them again: back it up, apart from the database.
    #[serde(default)]
    pub escrow_keys: Option<PathBuf>,
    /// The file with the certificate of the FileVault profile and its key. Beside the database unless told. Without it what Macs
    /// encrypted to it does not open: back it up, apart from the database.
    #[serde(default)]
    pub escrow_certificate: Option<PathBuf>,
    /// The organisation's offline key, as `bestow offline-key new` prints it. Recovery keys are sealed to it from then on, and the server
    /// cannot read them.
    #[serde(default, deserialize_with = "offline_key")]
    pub offline_key: Option<SealingPublicKey>,
    /// The address by which people and Macs reach the server.
    #[serde(default)]
    pub public_url: Option<String>,
    /// The topic of the push certificate (`com.apple.mgmt.…`), where Macs may enrol with Bestow's own device management. It and
    /// `public_url` stand in every profile and can never be changed on a Mac.
    #[serde(default)]
    pub mdm_topic: Option<String>,
    /// Certificate and key. Only a server that listens on this computer alone can do without.
    #[serde(default)]
    pub tls: Option<Tls>,
    /// Allows plain HTTP on any address: something in front of the server speaks TLS, and the way between is safe.
    #[serde(default)]
    pub insecure_plain_http_behind_proxy: bool,
    /// How log lines look.
    #[serde(default)]
    pub log_format: LogFormat,
}

/// The server's certificate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The chain in PEM, the server's own certificate first.
    pub certificate: PathBuf,
    /// Its private key in PEM.
    pub key: PathBuf,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object per line.
    Json,
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8420))
}

fn default_wait() -> u16 {
    30
}

fn listen<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    let text = String::deserialize(deserializer)?;
    listen_address(&text).map_err(D::Error::custom)
}

fn offline_key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SealingPublicKey>, D::Error> {
    let text = String::deserialize(deserializer)?;
    public_key(&text).map(Some).map_err(D::Error::custom)
}

impl Config {
    /// Reads the file.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(file).map_err(|error| {
            Failure::usage(format!(
                "The configuration {} cannot be read: {error}. Name it with --config. One line is enough to begin with, \
                 data_dir = \"/var/lib/bestow\": the server then listens on this computer alone.",
                file.display()
            ))
        })?;
        let folder = file.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|why| Failure::usage(format!("{}: {why}", file.display())))
    }

    /// Reads `text`; relative paths in it start at `folder`.
    fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let mut config: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        config.data_dir = folder.join(&config.data_dir);
        config.vault_key = config.vault_key.map(|file| folder.join(file));
        config.escrow_keys = config.escrow_keys.map(|file| folder.join(file));
        config.escrow_certificate = config.escrow_certificate.map(|file| folder.join(file));
        if let Some(tls) = &mut config.tls {
            tls.certificate = folder.join(&tls.certificate);
            tls.key = folder.join(&tls.key);
        }
        let is_safe = config.tls.is_some() || config.insecure_plain_http_behind_proxy;
        if !is_safe && !config.listen.ip().is_loopback() {
            return Err(format!(
                "listen = \"{}\" can be reached from other computers, so passwords and tokens need TLS: give [tls] \
                 with certificate and key, or set insecure_plain_http_behind_proxy when a proxy speaks TLS",
                config.listen
            ));
        }
        config.check_mdm()?;
        Ok(config)
    }

    fn check_mdm(&self) -> Result<(), String> {
        let Some(topic) = &self.mdm_topic else {
            return Ok(());
        };
        if topic.strip_prefix("com.apple.mgmt.").is_none_or(str::is_empty) {
            return Err(format!(
                "mdm_topic = \"{topic}\" is no topic of a push certificate: those begin with com.apple.mgmt."
            ));
        }
        let url = self.public_url.as_deref().unwrap_or_default();
        let is_for_trying = ["http://127.0.0.1:", "http://[::1]:"];
        if url.starts_with("https://") || is_for_trying.iter().any(|local| url.starts_with(local)) {
            Ok(())
        } else {
            Err(
                "mdm_topic is set, so public_url has to be the https address by which Macs reach this server for good"
                    .to_owned(),
            )
        }
    }

    /// How Macs reach the server that listens on `address` as their device management.
    pub fn device_management(&self, address: SocketAddr) -> Option<DeviceManagement> {
        Some(DeviceManagement {
            url: self.public_url(address),
            topic: self.mdm_topic.clone()?,
        })
    }

    /// The address by which the server is reached that listens on `address`.
    pub fn public_url(&self, address: SocketAddr) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let public_url = self.public_url.clone();
        let url = public_url.unwrap_or_else(|| format!("{scheme}://{address}"));
        url.trim_end_matches('/').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("/etc/bestow"))
    }

    #[test]
    fn a_data_folder_is_enough() {
        let config = parse("data_dir = 'data'").unwrap();
        assert_eq!(config.data_dir, Path::new("/etc/bestow/data"));
        assert_eq!(config.public_url(config.listen), "http://127.0.0.1:8420");
        assert_eq!(config.log_format, LogFormat::Text);
        assert_eq!((config.vault_key, config.collected_secrets_wait_days), (None, 30));
    }

    #[test]
    fn everything_can_be_said() {
        let config = parse(
            "listen = '0.0.0.0:443'\ndata_dir = '/var/lib/bestow'\npublic_url = 'https://bestow.example.com/'\n\
             log_format = 'json'\norganization = 'Example Ltd'\nvault_key = 'vault.key'\nescrow_keys = 'escrow.keys'\nescrow_certificate = 'escrow.pem'\ncollected_secrets_wait_days = 7\n[tls]\ncertificate = 'chain.pem'\nkey = '/keys/key.pem'",
        )
        .unwrap();
        let tls = config.tls.as_ref().unwrap();
        assert_eq!(tls.certificate, Path::new("/etc/bestow/chain.pem"));
        assert_eq!(tls.key, Path::new("/keys/key.pem"));
        assert_eq!(config.public_url(config.listen), "https://bestow.example.com");
        assert_eq!(config.log_format, LogFormat::Json);
        assert_eq!(
            config.vault_key.as_deref(),
            Some(Path::new("/etc/bestow/vault.key"))
        );
        assert_eq!(
            config.escrow_keys.as_deref(),
            Some(Path::new("/etc/bestow/escrow.keys"))
        );
        assert_eq!(
            config.escrow_certificate.as_deref(),
            Some(Path::new("/etc/bestow/escrow.pem"))
        );
        assert_eq!(config.collected_secrets_wait_days, 7);
        assert_eq!(config.organization.as_deref(), Some("Example Ltd"));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        for text in [
            "data_dir = 'd'\n\nlistne = '[::1]:1'",
            "data_dir = 'd'\n[tls]\ncertificat = 'c'",
        ] {
            let why = parse(text).unwrap_err();
            assert!(why.contains("line 3") && why.contains("unknown field"), "{why}");
        }
    }

    #[test]
    fn an_address_without_its_port_is_refused_with_the_way_to_write_it() {
        let why = parse("data_dir = 'd'\nlisten = '9000'").unwrap_err();
        assert!(
            why.contains("line 2") && why.contains("such as 127.0.0.1:9000"),
            "{why}"
        );
    }

    #[test]
    fn other_computers_are_served_with_tls_only() {
        let why = parse("data_dir = 'd'\nlisten = '0.0.0.0:80'").unwrap_err();
        assert!(why.contains("need TLS"), "{why}");
        assert!(parse("data_dir = 'd'\nlisten = '[::1]:80'").is_ok());
        let behind_proxy = "data_dir = 'd'\nlisten = '0.0.0.0:80'\ninsecure_plain_http_behind_proxy = true";
        assert!(parse(behind_proxy).is_ok());
    }

    #[test]
    fn macs_are_managed_at_an_address_that_lasts() {
        let with = |more: &str| {
            parse(&format!(
                "data_dir = 'd'\nmdm_topic = 'com.apple.mgmt.External.1'\n{more}"
            ))
        };
        let config = with("public_url = 'https://bestow.example.com/'").unwrap();
        let managed = config.device_management(config.listen).unwrap();
        assert_eq!(managed.url, "https://bestow.example.com");
        assert!(with("public_url = 'http://127.0.0.1:8420'").is_ok());
        for more in [
            "",
            "public_url = 'http://bestow.example.com'",
            "public_url = 'http://127.0.0.1.example.com'",
        ] {
            assert!(with(more).unwrap_err().contains("https address"), "{more}");
        }
        for topic in ["com.apple.mgmt.", "com.example"] {
            let why = parse(&format!(
                "data_dir = 'd'\npublic_url = 'https://b'\nmdm_topic = '{topic}'"
            ))
            .unwrap_err();
            assert!(why.contains("push certificate"), "{why}");
        }
        assert_eq!(parse("data_dir = 'd'").unwrap().mdm_topic, None);
    }
}
