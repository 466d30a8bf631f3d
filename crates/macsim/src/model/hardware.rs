//! The machine: chip, model and the numbers that name it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::random::Random;

/// Which kind of Mac: this decides about volume owners and the Secure Enclave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chip {
    /// M1 and later.
    AppleSilicon,
    /// Intel with the T2 security chip.
    T2,
    /// Intel without one.
    Intel,
}

/// The text names no chip.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not one of apple-silicon, t2, intel")]
pub struct NotAChip(String);

impl FromStr for Chip {
    type Err = NotAChip;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "apple-silicon" => Ok(Self::AppleSilicon),
            "t2" => Ok(Self::T2),
            "intel" => Ok(Self::Intel),
            _ => Err(NotAChip(text.to_owned())),
        }
    }
}

/// What `ioreg` and `system_profiler` tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hardware {
    /// Kind of Mac.
    pub chip: Chip,
    /// Serial number, 12 characters.
    pub serial: String,
    /// Hardware UUID, upper case.
    pub uuid: String,
    /// Model identifier such as `Mac14,2`.
    pub model: String,
}

impl Hardware {
    /// A machine of this kind with a serial number and a UUID drawn from `random`.
    pub fn draw(chip: Chip, random: &mut Random) -> Self {
        const SYMBOLS: &[u8] = b"CDFGHJKLMNPQRTVWXYZ0123456789";
        let serial = (0..12).map(|_| char::from(*random.pick(SYMBOLS))).collect();
        let model = match chip {
            Chip::AppleSilicon => "Mac14,2",
            Chip::T2 => "MacBookPro16,1",
            Chip::Intel => "MacBookPro12,1",
        };
        Self {
            chip,
            serial,
            uuid: random.uuid(),
            model: model.to_owned(),
        }
    }

    /// The marketing name of the processor.
    #[must_use]
    pub fn processor(&self) -> &'static str {
        match self.chip {
            Chip::AppleSilicon => "Apple M2",
            Chip::T2 => "6-Core Intel Core i7",
            Chip::Intel => "Dual-Core Intel Core i5",
        }
    }
}
