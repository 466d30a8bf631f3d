//! `diskutil`: the boot volume, its crypto users and their passwords.

mod crypto_tree;
mod crypto_users;
mod disk_password;
mod disk_password_change;
mod preboot;
mod volume;

pub use crypto_tree::parse_crypto_tree;
pub use crypto_users::{CryptoUser, CryptoUserKind, crypto_users, parse_crypto_users};
pub use disk_password::{DiskCheck, verify_disk_password};
pub use disk_password_change::{DiskPasswordChange, change_disk_password};
pub use preboot::{PrebootUpdate, update_preboot};
pub use volume::{ApfsVolume, BootVolume, apfs_volumes, boot_volume, parse_apfs_list, parse_boot_volume};

use crate::text::{excerpt, leading_number};
use crate::{Answer, Error, Tool};

/// The number of DiskManagement in a message: `… is not locked (-69589)`.
fn error_number(said: &str) -> Option<i32> {
    said.match_indices("(-").find_map(|(at, _)| {
        let number = leading_number(&said[at + 1..])?;
        said[at + 1..]
            .strip_prefix(&number.to_string())?
            .starts_with(')')
            .then_some(number)
    })
}

fn unreadable(answer: &Answer) -> Error {
    Error::Unreadable {
        tool: Tool::Diskutil,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    }
}

#[cfg(test)]
mod tests {
    use super::error_number;

    #[test]
    fn the_number_stands_in_brackets() {
        assert_eq!(
            error_number("The given APFS Volume is not locked (-69589)"),
            Some(-69589)
        );
        assert_eq!(error_number("(-x) (-5 (-69464)"), Some(-69464));
        assert_eq!(error_number("none (69589)"), None);
    }
}
