//! Which line of a serial number is meant.

/// Names a line of the vault.
#[derive(Debug, clap::Args)]
pub struct LineOf {
    /// The Mac's serial number, as bestow vault lines prints it
    pub serial_number: String,
    /// What is kept: personal_recovery_key, local_administrator_password, bootstrap_token, recovery_lock or firmware_password
    #[arg(long, value_name = "KIND", default_value = "personal_recovery_key")]
    pub kind: String,
}
