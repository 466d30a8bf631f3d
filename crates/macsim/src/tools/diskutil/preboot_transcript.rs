//! The long transcript of `updatePreboot`: what it considered, line by line.

use crate::model::crypto_user::{CryptoUser, CryptoUserKind};
use crate::model::mac::Mac;
use crate::model::user::User;
use crate::tools::old_plist::quoted;

pub(super) fn transcript(mac: &Mac) -> Vec<String> {
    let mut lines = vec!["Started APFS operation".to_owned()];
    let body = [
        preamble(mac),
        crypto_users(mac),
        recovery_file(mac),
        all_users(mac),
        files(mac),
    ]
    .concat();
    lines.extend(body.into_iter().map(|line| {
        // Continuation lines of a printed list carry no prefix.
        if line.starts_with("    ") || line == ")" {
            line
        } else {
            format!("UpdatePreboot: {line}")
        }
    }));
    lines.push("Finished APFS operation".to_owned());
    lines
}

fn preamble(mac: &Mac) -> Vec<String> {
    let volume = &mac.volume;
    let od = volume.account_crypto_users().count();
    let recovery = volume
        .crypto_users
        .iter()
        .filter(|user| {
            !matches!(
                user.kind,
                CryptoUserKind::LocalOpenDirectory | CryptoUserKind::Disk | CryptoUserKind::ICloudRecoveryKey
            )
        })
        .count();
    vec![
        format!(
            "Commencing operation to update the Preboot Volume for Target Volume {} ({})",
            volume.system_device, volume.name
        ),
        "Commanded forwarding to System-role regardless of target input = InhibitAutoGroupTarget = 0; ForwardingEnabled".to_owned(),
        "Commanded moving Preboot/etc UUID dirs from old to modern = MigrateSubjectDir = 1; MigrationEnabled".to_owned(),
        format!("The Target Volume is part of APFS Container {}", volume.container),
        format!("The Data-sibling or self of the target is {} err=0", volume.data_device),
        format!(
            "The Target (normalized to Data-role) Volume's non-special-kind-probably-OD user count is {od} and the Recovery (any of 4 kinds) user count is {recovery}"
        ),
        format!("The Target Volume is part of APFS Volume Group {}", volume.group_uuid),
        "Explicit macOS and OD source paths given to the UP core".to_owned(),
        "Sourcing VAR directory relative to source macOS".to_owned(),
        "Sourcing USR directory relative to source macOS".to_owned(),
        "Search Path For macOS Source Files = (nil=NotMounted) = /".to_owned(),
        "Directory That macOS \"var\" Is Searched To Be In = (nil=NoMacOS) = /".to_owned(),
        "Directory That macOS \"usr\" Is Searched To Be In = (nil=NoMacOS) = /".to_owned(),
        "Open Directory Database Search Path = (nil=MacOSSearchPathNotMounted) = /var/db/dslocal/nodes/Default".to_owned(),
        "Preserve EncryptedRootPList When No-OD = 0".to_owned(),
        "Successfully opened Open Directory database; setting AuthODNodeOrNil accordingly".to_owned(),
        "Mounting and ensuring as mounted the related Preboot Volume".to_owned(),
        format!("Preboot Volume = {} (Preboot)", volume.preboot_device),
        format!("Obtained list of {} APFS Crypto User(s) on Target Volume", volume.crypto_users.len()),
        format!("If a \"DISK\" APFS Crypto User exists, it is expected to be {}", volume.group_uuid),
    ]
}

fn crypto_users(mac: &Mac) -> Vec<String> {
    let mut lines = Vec::new();
    for crypto_user in &mac.volume.crypto_users {
        lines.push(format!("Considering APFS Crypto User {}", crypto_user.uuid));
        lines.extend(consider(mac, crypto_user));
        lines.push(format!("Processed APFS Volume Crypto User {}", crypto_user.uuid));
        lines.push("Error for this processed user was 0".to_owned());
    }
    lines.push("Error among all processed users was 0".to_owned());
    let has = |kind| mac.volume.crypto_users.iter().any(|user| user.kind == kind);
    if has(CryptoUserKind::ICloudRecoveryUser) && has(CryptoUserKind::ICloudRecoveryKey) {
        lines.push("Detected the iCloud Recovery KEY+USER User pair".to_owned());
        lines.push("Successfully added iCloud Recovery; this qualifies as being one of several Recovery-style users so take note".to_owned());
        lines.push("Processed iCloud Recovery".to_owned());
    }
    let any_od = mac.volume.account_crypto_users().next().is_some();
    let any_recovery = mac
        .volume
        .crypto_users
        .iter()
        .any(|user| user.kind != CryptoUserKind::LocalOpenDirectory);
    lines.push(format!(
        "Successfully processed these user styles: TheDISK=0 AtLeastOneOD={} AtLeastOneRecoveryKind={}",
        u8::from(any_od),
        u8::from(any_recovery)
    ));
    if any_od {
        lines.push(
            "At least one OD user was processed successfully, so clearing among-all-users error if any"
                .to_owned(),
        );
    }
    lines
}

fn consider(mac: &Mac, crypto_user: &CryptoUser) -> Vec<String> {
    let uuid = &crypto_user.uuid;
    match crypto_user.kind {
        CryptoUserKind::LocalOpenDirectory => {
            let mut lines = vec![
                "Defaulting and requiring that this be an Open Directory User".to_owned(),
                "Treating this APFS Crypto User to be, and requiring to match, an Open Directory User".to_owned(),
                "If no OD database match below, that will result in no ERPL user record for this user".to_owned(),
            ];
            match mac.directory.user_by_guid(uuid) {
                Some(user) => lines.extend([
                    format!("Correlated APFS Volume Crypto User with Open Directory User {uuid} aka \"{}\"", user.name()),
                    "All required data for this Open Directory user has been obtained".to_owned(),
                    "Successfully added a macOS OD User to the building dictionary".to_owned(),
                ]),
                None => lines.push("Could not find a matching Open Directory User".to_owned()),
            }
            lines
        }
        CryptoUserKind::ICloudRecoveryUser => vec![
            "This is the iCloud Recovery User for this Volume".to_owned(),
            "Treating this APFS Crypto User as the iCloud Recovery USER User; both KEY and USER Users are required".to_owned(),
        ],
        CryptoUserKind::ICloudRecoveryKey => vec![
            "This is the \"iCloud Recovery Key\" Data Record \"User\" for this Volume".to_owned(),
            "Treating this APFS Crypto User as the iCloud Recovery KEY data storage datum; both KEY and USER Users are required".to_owned(),
        ],
        CryptoUserKind::PersonalRecovery => vec!["This is the Personal Recovery User for this Volume".to_owned()],
        CryptoUserKind::InstitutionalRecovery => vec!["This is the Institutional Recovery User for this Volume".to_owned()],
        CryptoUserKind::MdmRecovery => vec!["This is the MDM Recovery User for this Volume".to_owned()],
        CryptoUserKind::Disk => vec!["This is the Disk User for this Volume".to_owned()],
    }
}

fn recovery_file(mac: &Mac) -> Vec<String> {
    let folder = folder(mac);
    vec![
        "The Encrypted Root PList File content is ready".to_owned(),
        "Not encrypting the Encrypted Root PList File content".to_owned(),
        format!("Encrypted Root PList File to be created path will or would be {folder}/System/Library/Caches/com.apple.corestorage/EncryptedRoot.plist.wipekey"),
        "Proceeding to write Encrypted Root PList, creating a path as necessary".to_owned(),
        "Successfully wrote Encrypted Root PList File".to_owned(),
        format!("DiskManagement Info PList File path will be {folder}/var/db/CryptoUserInfo.plist"),
        "Successfully wrote DiskManagement Info PList File".to_owned(),
        "Generating AdminUserList for Recovery purposes".to_owned(),
        "Creation of OD query for \"admin\" group members gave no error and returned results".to_owned(),
        "OD query action for \"admin\" group members gave no error and returned results".to_owned(),
        "Admin user list(s) (count=1 (expect 1)) found; using index=0 item".to_owned(),
        "Got 0th admin record's fields".to_owned(),
        "Got group member UUID list field from 0th admin record's fields".to_owned(),
        "Generating UserList for Recovery purposes".to_owned(),
        "In preparation for loop, creation of OD query for total user list gave no error and returned results".to_owned(),
        "OD query action for total user list gave no error and returned results".to_owned(),
    ]
}

fn all_users(mac: &Mac) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut admins, mut everybody) = (0, 0);
    for user in &mac.directory.users {
        lines.push(format!("Considering user {}", user.guid()));
        if mac.volume.crypto_user(user.guid()).is_some() {
            // recoveryOS shows an administrator only whose GUID stands in the group.
            let is_admin = mac
                .directory
                .group("admin")
                .is_some_and(|group| group.attributes.contains("GroupMembers", user.guid()));
            everybody += 1;
            admins += usize::from(is_admin);
            lines.extend(listed_user(user, is_admin));
        }
        lines.push("Error for this user was 0".to_owned());
    }
    lines.push("Error among all users was 0".to_owned());
    lines.push(format!(
        "Item (user) counts: ForRecoveryPListItems={admins} and ForAllUserPListItems={everybody}"
    ));
    lines
}

fn listed_user(user: &User, is_admin: bool) -> Vec<String> {
    let authorities = user.attributes.values("AuthenticationAuthority");
    let mut lines = vec!["Got authentication auths strings for this user; strings=(".to_owned()];
    for (position, authority) in authorities.iter().enumerate() {
        let comma = if position + 1 < authorities.len() { "," } else { "" };
        lines.push(format!("    {}{comma}", quoted(authority)));
    }
    lines.push(")".to_owned());
    lines.push(format!("Got username ({}) for this user", user.real_name()));
    if is_admin {
        lines.push("This is an admin user (in set of admin users from query above)".to_owned());
    }
    for absent in [
        "FVTokenSecret",
        "SmartCardEnforcement",
        "SmartCardSecureTokenUUID",
        "SmartCardSecureTokenData",
    ] {
        lines.push(format!("Did not get {absent}"));
    }
    lines.push("Did not get UserAccountControl data".to_owned());
    lines.push("Got UserHomeDir".to_owned());
    lines.push("Got UID".to_owned());
    if is_admin {
        lines.push("Added item to rec-user list".to_owned());
    }
    lines.push("Got identity".to_owned());
    lines.push(format!(
        "Added item to all-user list (AACount={})",
        authorities.len()
    ));
    lines
}

fn files(mac: &Mac) -> Vec<String> {
    let folder = folder(mac);
    let copied = "After copying error=(ZeroMeansSuccess)=0 CFStage/What/Err=4/4/0".to_owned();
    vec![
        format!("Writing Admin User Info File to path {folder}/var/db/AdminUserRecoveryInfo.plist"),
        "Successfully wrote Admin User Info File".to_owned(),
        format!("Writing User Info File to path {folder}/var/db/AllUsersInfo.plist"),
        "Successfully wrote User Info File".to_owned(),
        "Checking for existence of /var/db/dslocal/nodes/Default/secureaccesstoken.plist".to_owned(),
        format!("Before copying /var/db/dslocal/nodes/Default/secureaccesstoken.plist into directory {folder}/var/db"),
        copied.clone(),
        "Checking for existence of /Library/Managed Preferences/com.apple.loginwindow.plist".to_owned(),
        "Checking for existence of /Library/Preferences/com.apple.loginwindow.plist".to_owned(),
        format!("Before copying /Library/Preferences/com.apple.loginwindow.plist into directory {folder}/Library/Preferences"),
        copied,
        "Checking for existence of PlatformSSO/preboot folder /var/db/ExtensibleSSO/Configuration/PlatformSSO/preboot".to_owned(),
        "Releasing flock hold on Preboot Volume Subject Dir".to_owned(),
        "Releasing mount hold on Preboot Volume".to_owned(),
        "Restoring mount state of Preboot Volume".to_owned(),
        "Did restore mount state of Preboot Volume err=(ignored)=0".to_owned(),
        "Doing memory releases".to_owned(),
        "Exiting Update Preboot operation with overall error=(ZeroMeansSuccess)=0".to_owned(),
    ]
}

fn folder(mac: &Mac) -> String {
    format!("/System/Volumes/Preboot/{}", mac.volume.group_uuid)
}
