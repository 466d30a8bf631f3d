//! An account goes: the guarded way (`sysadminctl`, System Settings) and the blunt one (`dscl`).

use super::refusal::Refusal;
use super::revoke::expel;
use crate::model::mac::Mac;

/// Whether the guarded way would refuse: the last administrator or the last holder.
///
/// # Errors
/// `UnknownUser`, `LastAdminOrHolder`.
pub fn check(mac: &Mac, name: &str) -> Result<(), Refusal> {
    let Some(user) = mac.directory.user(name) else {
        return Err(Refusal::UnknownUser(name.to_owned()));
    };
    let others = || mac.directory.people().filter(|other| other.name() != name);
    let last_admin = mac.directory.is_admin(user) && !others().any(|other| mac.directory.is_admin(other));
    let last_holder = mac.is_holder(user) && !others().any(|other| mac.is_holder(other));
    if last_admin || last_holder {
        Err(Refusal::LastAdminOrHolder)
    } else {
        Ok(())
    }
}

/// Removes home, record, memberships and crypto user. Without Full Disk Access the home is gone and the
/// record stays.
///
/// # Errors
/// `UnknownUser`, `LastAdminOrHolder`, `NoPermission`.
pub fn delete_account(mac: &mut Mac, name: &str, keep_home: bool) -> Result<(), Refusal> {
    check(mac, name)?;
    if let Some(home) = mac.directory.user(name).map(|user| user.home().to_owned())
        && !keep_home
    {
        mac.homes.remove(&home);
    }
    if !mac.knobs.full_disk_access {
        return Err(Refusal::NoPermission);
    }
    expel(mac, name);
    remove_record(mac, name);
    Ok(())
}

/// `dscl -delete`: no guard; the crypto user stays behind without an owner, and the name stays burnt.
///
/// # Errors
/// `UnknownUser`, `NoPermission`.
pub fn delete_record_only(mac: &mut Mac, name: &str) -> Result<(), Refusal> {
    let Some(user) = mac.directory.user(name) else {
        return Err(Refusal::UnknownUser(name.to_owned()));
    };
    if !mac.knobs.full_disk_access {
        return Err(Refusal::NoPermission);
    }
    if mac.is_holder(user) {
        mac.tombstones.insert(name.to_owned());
    }
    remove_record(mac, name);
    Ok(())
}

fn remove_record(mac: &mut Mac, name: &str) {
    let groups: Vec<String> = mac
        .directory
        .groups
        .iter()
        .map(|group| group.name().to_owned())
        .collect();
    for group in groups {
        mac.directory.remove_member(&group, name);
    }
    mac.directory
        .users
        .retain(|user| !user.attributes.contains("RecordName", name));
    mac.effects.of(name).deleted += 1;
}
