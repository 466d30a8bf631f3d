//! Which line of a serial number is meant.

/// Names a line of the vault.
#[derive(Debug, clap::Args)]
pub struct LineOf {
    /// The Mac's serial number, as bestow vault lines prints it
    pub serial_number: String,
    /// What is kept: personal_recovery_key or bootstrap_token
    #[arg(long, value_name = "KIND", default_value = "personal_recovery_key")]
    pub kind: String,
}
