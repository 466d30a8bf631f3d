//! The keys of devices, pinned at first use: the one thing that holds against a server that lies *now*.
//!
//! One line per device in a file of the person's own: device id, serial number, fingerprint of the sealing key. A key
//! that differs from its pin gets no password until a person has compared the fingerprint on the Mac.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};

use crate::client::{DeviceDetail, exported};
use crate::exit::Failure;

/// The file with the pins.
#[derive(Debug)]
pub struct KnownDevices {
    path: PathBuf,
}

/// How a device's key compares with its pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pin {
    /// It is the pinned one.
    Same,
    /// It was not known, and is pinned now.
    New,
    /// Another key is pinned. No password may be sealed to this one.
    Changed {
        /// The fingerprint that is pinned.
        pinned: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    device_id: String,
    serial_number: String,
    fingerprint: String,
}

impl KnownDevices {
    /// The pins in the file at `path`, in the one that is exported, or in the person's configuration folder.
    pub fn at(path: Option<PathBuf>) -> Result<Self, Failure> {
        let path = match path.or_else(|| exported("BESTOW_KNOWN_DEVICES")) {
            Some(path) => path,
            None => default_path().ok_or_else(|| {
                Failure::usage("No home folder is set; name the file of known devices with --known-devices.")
            })?,
        };
        Ok(Self { path })
    }

    /// Where the pins are.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Compares the key of `device` with its pin, and pins it when it has none.
    pub fn check(&self, device: &DeviceDetail) -> Result<Pin, Failure> {
        let _lock = self.lock()?;
        let mut lines = self.read()?;
        let line = Line::of(device);
        let mut known = lines
            .iter()
            .filter(|known| known.is_same_device(&line))
            .peekable();
        if known.peek().is_none() {
            lines.push(line);
            self.write(&lines)?;
            return Ok(Pin::New);
        }
        match known.find(|known| known.fingerprint != line.fingerprint) {
            Some(other) => Ok(Pin::Changed {
                pinned: other.fingerprint.clone(),
            }),
            None => Ok(Pin::Same),
        }
    }

    /// Replaces the pin of `device` by its present key. Whoever calls this has compared the fingerprint.
    pub fn accept(&self, device: &DeviceDetail) -> Result<(), Failure> {
        let _lock = self.lock()?;
        let mut lines = self.read()?;
        let line = Line::of(device);
        lines.retain(|known| !known.is_same_device(&line));
        lines.push(line);
        self.write(&lines)
    }

    fn lock(&self) -> Result<File, Failure> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder {
            fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
        }
        let path = self.path.with_extension("lock");
        let lock = File::create(&path).with_context(|| format!("open {}", path.display()))?;
        lock.lock().with_context(|| format!("lock {}", path.display()))?;
        Ok(lock)
    }

    fn read(&self) -> Result<Vec<Line>, Failure> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                return Err(anyhow::Error::new(error)
                    .context(format!("read {}", self.path.display()))
                    .into());
            }
        };
        let lines = text.lines().enumerate();
        let meant = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        meant
            .map(|(index, line)| {
                // A line that cannot be read might be the very pin that protects, so nothing goes on without it.
                Line::parse(line).ok_or_else(|| {
                    anyhow!(
                        "read {}: line {} is not three columns",
                        self.path.display(),
                        index + 1
                    )
                    .into()
                })
            })
            .collect()
    }

    fn write(&self, lines: &[Line]) -> Result<(), Failure> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let write = || -> io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            writeln!(
                file,
                "# Bestow: device id, serial number, fingerprint of its sealing key"
            )?;
            for line in lines {
                writeln!(
                    file,
                    "{}\t{}\t{}",
                    line.device_id, line.serial_number, line.fingerprint
                )?;
            }
            file.as_file().sync_all()?;
            file.persist(&self.path)?;
            Ok(())
        };
        Ok(write().with_context(|| format!("write {}", self.path.display()))?)
    }
}

fn default_path() -> Option<PathBuf> {
    let folder = match std::env::var_os("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => std::env::home_dir()?.join(".config"),
    };
    Some(folder.join("bestow").join("known-devices"))
}

impl Line {
    fn of(device: &DeviceDetail) -> Self {
        Self {
            device_id: device.summary.id.to_string(),
            // A server may send what it likes; the columns of the file stay columns.
            serial_number: device.summary.serial_number.replace(char::is_control, "?"),
            fingerprint: device.sealing_key.fingerprint(),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let mut columns = line.split('\t').map(|column| column.trim().to_owned());
        let line = Self {
            device_id: columns.next()?,
            serial_number: columns.next()?,
            fingerprint: columns.next()?,
        };
        columns.next().is_none().then_some(line)
    }

    /// A server that lies could give a known Mac a new id, so the serial number counts as well.
    fn is_same_device(&self, other: &Self) -> bool {
        self.device_id == other.device_id || self.serial_number == other.serial_number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::encoding::Bytes;
    use wire::seal::SealingPublicKey;

    const ADA: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
    const BEN: &str = "01890a5d-ac96-774b-bcce-b302099a8058";

    fn device(id: &str, serial_number: &str, key: u8) -> DeviceDetail {
        let key = SealingPublicKey(Bytes(vec![key; 32]));
        serde_json::from_value(serde_json::json!({
            "id": id, "name": "Mac", "serial_number": serial_number, "organization_id": ADA, "sealing_key": key,
        }))
        .unwrap()
    }

    fn fresh() -> (tempfile::TempDir, KnownDevices) {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownDevices::at(Some(folder.path().join("deep/known-devices"))).unwrap();
        (folder, known)
    }

    #[test]
    fn a_key_is_pinned_at_first_use() {
        let (_folder, known) = fresh();
        assert_eq!(known.check(&device(ADA, "C02A", 1)).unwrap(), Pin::New);
        assert_eq!(known.check(&device(ADA, "C02A", 1)).unwrap(), Pin::Same);
        assert_eq!(known.check(&device(BEN, "C02B", 2)).unwrap(), Pin::New);
        assert_eq!(known.check(&device(ADA, "C02A", 1)).unwrap(), Pin::Same);
    }

    #[test]
    fn a_changed_key_is_told_until_it_is_accepted() {
        let (_folder, known) = fresh();
        let old = device(ADA, "C02A", 1);
        known.check(&old).unwrap();
        let changed = Pin::Changed {
            pinned: old.sealing_key.fingerprint(),
        };
        for _ in 0..2 {
            assert_eq!(known.check(&device(ADA, "C02A", 9)).unwrap(), changed);
        }
        known.accept(&device(ADA, "C02A", 9)).unwrap();
        assert_eq!(known.check(&device(ADA, "C02A", 9)).unwrap(), Pin::Same);
        assert!(matches!(known.check(&old).unwrap(), Pin::Changed { .. }));
    }

    #[test]
    fn a_known_mac_under_a_new_id_is_still_known() {
        let (_folder, known) = fresh();
        known.check(&device(ADA, "C02A", 1)).unwrap();
        assert!(matches!(
            known.check(&device(BEN, "C02A", 9)).unwrap(),
            Pin::Changed { .. }
        ));
        assert!(matches!(
            known.check(&device(ADA, "C02Z", 9)).unwrap(),
            Pin::Changed { .. }
        ));
    }

    #[test]
    fn a_serial_number_cannot_forge_a_line() {
        let (_folder, known) = fresh();
        let forged = format!("X\tx\n{BEN}\tC02B");
        known.check(&device(ADA, &forged, 1)).unwrap();
        assert_eq!(known.check(&device(BEN, "C02B", 2)).unwrap(), Pin::New);
    }

    #[test]
    fn a_damaged_file_stops_everything() {
        let (_folder, known) = fresh();
        known.check(&device(ADA, "C02A", 1)).unwrap();
        let mut text = fs::read_to_string(known.path()).unwrap();
        text.push_str("torn");
        fs::write(known.path(), text).unwrap();
        let failure = known.check(&device(ADA, "C02A", 1)).unwrap_err();
        assert!(failure.to_string().contains("line 3"), "{failure}");
    }
}
