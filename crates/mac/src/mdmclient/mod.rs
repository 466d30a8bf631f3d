//! `mdmclient`: what macOS would answer its MDM, asked on the Mac itself.

mod erase_preflight;
mod security_info;

pub use erase_preflight::{ErasePreflight, erase_preflight};
pub use security_info::{BootstrapTokenUse, SecurityInfo, security_info};

use std::time::Duration;

/// It gathers what an MDM would ask for, which takes seconds.
const TIMEOUT: Duration = Duration::from_secs(60);
